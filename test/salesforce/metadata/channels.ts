// Channels and their members as a package brings them.
// Source: Metadata API Developer Guide, "PlatformEventChannel", "PlatformEventChannelMember".
import type { Channel, ChannelMember, Channels } from '../pubsub/channels.ts';
import { MAX_SELECTED_ENTITIES } from '../pubsub/channels.ts';
import { objectOfChangeEvent } from '../pubsub/schemas.ts';
import type { Prospect } from './prospect.ts';
import { childrenOf, textOf, type Element } from './xml.ts';

const MAX_ENRICHED_FIELDS = 10;

export function readChannel(
  fullName: string,
  element: Element,
): { channel: Omit<Channel, 'members'>; problems: string[] } {
  const problems: string[] = [];
  const type = textOf(element, 'channelType');
  const label = textOf(element, 'label');
  if (!fullName.endsWith('__chn')) problems.push(`The name ${fullName} of a channel must end with __chn.`);
  if (type !== 'data' && type !== 'event')
    problems.push(`'${type ?? ''}' is not a valid value for the enum 'PlatformEventChannelType'`);
  if (!label) problems.push('Required field is missing: label');
  return { channel: { name: fullName, label: label ?? '', type: type === 'event' ? 'event' : 'data' }, problems };
}

export function readMember(
  fullName: string,
  element: Element,
  prospect: Prospect,
  channelExists: (name: string) => boolean,
): { member: ChannelMember; problems: string[] } {
  const problems: string[] = [];
  const channel = textOf(element, 'eventChannel') ?? '';
  const entity = textOf(element, 'selectedEntity') ?? '';
  const enrichedFields = childrenOf(element, 'enrichedFields').map((field) => textOf(field, 'name') ?? '');
  for (const key of Object.keys(element)) {
    if (!['eventChannel', 'selectedEntity', 'enrichedFields'].includes(key)) {
      problems.push(`The element ${key} of a channel member is not supported by this org.`);
    }
  }
  if (!channelExists(channel)) problems.push(`The channel ${channel} doesn't exist.`);
  const event = entity.endsWith('__e');
  const object = prospect.object(event ? entity : (objectOfChangeEvent(entity) ?? ''));
  if (!object) problems.push(`The selected entity ${entity} doesn't exist.`);
  if (enrichedFields.length > MAX_ENRICHED_FIELDS)
    problems.push(`A channel member has at most ${MAX_ENRICHED_FIELDS} enriched fields.`);
  for (const field of enrichedFields) {
    const known = object?.field(field);
    if (object && !known) problems.push(`The enriched field ${field} doesn't exist.`);
    if (known?.type === 'textarea' && known.length > 255)
      problems.push(`The enriched field ${field} is a long text area.`);
  }
  return { member: { fullName, channel, entity, enrichedFields }, problems };
}

/** The members that are one entity too many; an installed package's own selections are not counted. */
export function beyondAllocation(channels: Channels, members: readonly ChannelMember[]): ChannelMember[] {
  const selected = channels.selectedEntities();
  return members.filter((member) => {
    if (member.entity.endsWith('__e') || selected.has(member.entity)) return false;
    selected.add(member.entity);
    return selected.size > MAX_SELECTED_ENTITIES;
  });
}
