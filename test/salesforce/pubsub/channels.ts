// Which objects' changes are sent as events, and on which topics: the default selection, custom channels and their members.
// Source: Change Data Capture Developer Guide, "Subscription Channels"; Metadata API, PlatformEventChannel(Member).

/** The channel that exists in every org; its topic is /data/ChangeEvents. */
export const DEFAULT_CHANNEL = 'ChangeEvents';
/** Objects that an org may select over all channels, without the add-on. */
export const MAX_SELECTED_ENTITIES = 5;

export interface ChannelMember {
  /** Of the metadata component. */
  fullName: string;
  channel: string;
  /** `LeadChangeEvent`, `Foo__ChangeEvent`, or a platform event. */
  entity: string;
  /** Names as the event has them; sent on update and delete, changed or not. */
  enrichedFields: string[];
}

export interface Channel {
  name: string;
  label: string;
  type: 'data' | 'event';
  members: Map<string, ChannelMember>;
}

export class Channels {
  private readonly byName = new Map<string, Channel>();

  constructor() {
    this.byName.set(DEFAULT_CHANNEL, {
      name: DEFAULT_CHANNEL,
      label: 'Change Events',
      type: 'data',
      members: new Map(),
    });
  }

  get(name: string): Channel | undefined {
    return this.byName.get(name);
  }

  all(): Channel[] {
    return [...this.byName.values()];
  }

  /** Creates the channel, or relabels it and keeps its members. */
  define(channel: Pick<Channel, 'name' | 'label' | 'type'>): void {
    this.byName.set(channel.name, { ...channel, members: this.byName.get(channel.name)?.members ?? new Map() });
  }

  /** Adds or replaces a member of an existing channel. */
  select(member: ChannelMember): void {
    const channel = this.byName.get(member.channel);
    if (!channel) throw new Error(`There is no channel ${member.channel}.`);
    channel.members.set(member.entity, member);
  }

  /** Takes an entity out of every channel. Its events stop; the subscribers get no notice. @returns what was taken out */
  deselect(entity: string): ChannelMember[] {
    return this.all().flatMap(({ members }) => {
      const member = members.get(entity);
      members.delete(entity);
      return member ? [member] : [];
    });
  }

  /** True when some channel of any name has this entity. */
  selects(entity: string): boolean {
    return this.all().some((channel) => channel.members.has(entity));
  }

  /** True when some channel enriches the events of this entity. */
  enriches(entity: string): boolean {
    return this.all().some((channel) => (channel.members.get(entity)?.enrichedFields.length ?? 0) > 0);
  }

  /** Objects whose changes are sent as events, as event names. */
  selectedEntities(): Set<string> {
    return new Set(
      this.all()
        .filter((channel) => channel.type === 'data')
        .flatMap((channel) => [...channel.members.keys()]),
    );
  }
}
