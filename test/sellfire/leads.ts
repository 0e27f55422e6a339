// The leads: one per primary phone number, each change a new version, a later time and an event in the feed; nothing changed, nothing said.
import type { Actor } from '../../bridge/model/event.ts';
import type { SellfireValue } from '../../bridge/model/field.ts';
import type { Lead, SalesforceIds } from '../../bridge/model/lead.ts';
import type { Phase } from '../../bridge/model/phase.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Feed, NewEvent } from './feed.ts';
import type { MakeId } from './ids.ts';
import { isCycleOver, isResting, type Standing } from './phases.ts';
import { Refusal } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { sameValue } from './values.ts';

export type Fields = Record<string, SellfireValue>;
export type SomeSalesforceIds = { [id in keyof SalesforceIds]?: string | null | undefined };
export interface LeadChange {
  /** Already parsed by the catalogue. */
  fields?: Fields;
  salesforce?: SomeSalesforceIds | undefined;
}
/** The event of a change; by default `lead.updated`, which is left out when nothing has changed. */
export type EventDetails = Partial<Pick<NewEvent, 'type' | 'schedule_item' | 'activity' | 'sale'>>;

interface Parts {
  catalogue: Catalogue;
  schedule: Schedule;
  feed: Feed;
  makeId: MakeId;
  clock: Clock;
}

const NO_IDS: string[] = [];
const UNLINKED: SalesforceIds = { lead_id: null, contact_id: null, account_id: null };

export const phaseOf = (lead: Lead): Phase => lead.fields['phase'] as Phase;
export const ownerOf = (lead: Lead): string | null => (lead.fields['owned_rep_id'] as string | null) ?? null;
export const phoneOf = (lead: Lead): string => lead.fields['primary_phone_number'] as string;

export class Leads {
  readonly #parts: Parts;
  readonly #byId = new Map<string, Lead>();
  readonly #byPhone = new Map<string, string>();
  readonly #bySalesforceId = new Map<string, string[]>();
  readonly #held = new Map<string, Pick<Standing, 'held' | 'everHeld'>>();
  readonly #resting = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#byPhone.size;
  }

  /** Live leads. */
  *live(): Generator<Lead> {
    for (const lead of this.#byId.values()) if (lead.deleted_at === null) yield lead;
  }

  resting(): Lead[] {
    return [...this.#resting].map((id) => this.get(id));
  }

  /** A lead, deleted or not. */
  find(id: string): Lead | undefined {
    return this.#byId.get(id);
  }

  /** @throws Refusal not_found when it never was or is deleted. */
  get(id: string): Lead {
    const lead = this.#byId.get(id);
    if (!lead || lead.deleted_at !== null)
      throw new Refusal('not_found', lead ? `Lead ${id} was deleted.` : `There is no lead ${id}.`);
    return lead;
  }

  /** @param phone E.164. */
  findByPhone(phone: string): Lead | undefined {
    const id = this.#byPhone.get(phone);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  findBySalesforceId(id: string): Lead[] {
    return [...(this.#bySalesforceId.get(id) ?? [])].map((leadId) => this.get(leadId));
  }

  standing(lead: Lead): Standing {
    return { phase: phaseOf(lead), held: false, everHeld: false, ...this.#held.get(lead.id) };
  }

  /** @throws Refusal phone_taken, or invalid_value without a phone. */
  create(change: LeadChange, actor: Actor): Lead {
    const { catalogue, feed, makeId, clock } = this.#parts;
    const fields: Fields = { ...catalogue.blank('lead'), phase: 'ColdCallCold', ...change.fields, sales_cycle: 1 };
    this.#requireFreePhone(fields['primary_phone_number'] ?? null, null);
    const at = new Date(clock()).toISOString();
    const changes: NonNullable<NewEvent['changes']> = {};
    const changed_at: Record<string, string> = {};
    for (const [name, to] of Object.entries(fields)) {
      if (to === null || to === false) continue;
      changes[name] = { from: null, to };
      changed_at[name] = at;
    }
    const lead: Lead = {
      id: makeId('lead'),
      version: 1,
      created_at: at,
      updated_at: at,
      deleted_at: null,
      cycle: 1,
      fields,
      changed_at,
      salesforce: merge(UNLINKED, change.salesforce),
    };
    this.#keep(lead);
    feed.append({ type: 'lead.created', occurred_at: at, actor, lead, changes });
    return lead;
  }

  /**
   * Changes a lead and appends the event. A cycle that ends takes what was planned with it; leaving a rest, Retired or Customer
   * begins the next one. @throws Refusal not_found, phone_taken, invalid_value (no phone).
   */
  change(id: string, change: LeadChange, actor: Actor, details: EventDetails = {}): Lead {
    const before = this.get(id);
    const { schedule, feed, clock } = this.#parts;
    const wanted: Fields = { ...change.fields };
    if ('primary_phone_number' in wanted) this.#requireFreePhone(wanted['primary_phone_number'] ?? null, id);
    const to = (wanted['phase'] ?? phaseOf(before)) as Phase;
    const ends = isCycleOver(to) && !isCycleOver(phaseOf(before));
    const begins = to === 'ColdCallCold' && isCycleOver(phaseOf(before));
    const cycle = begins ? before.cycle + 1 : before.cycle;
    const dropped = ends ? schedule.planned(id).map((item) => schedule.put({ ...item, state: 'deleted' })) : [];
    wanted['sales_cycle'] = cycle;
    wanted['next_event_at'] = schedule.next(id);

    const now = Math.max(clock(), Date.parse(before.updated_at) + 1);
    const at = new Date(now).toISOString();
    const changes: NonNullable<NewEvent['changes']> = {};
    const changedAt = { ...before.changed_at };
    for (const [name, value] of Object.entries(wanted)) {
      const from = before.fields[name] ?? null;
      if (sameValue(from, value)) continue;
      changes[name] = { from, to: value };
      changedAt[name] = at;
    }
    const salesforce = merge(before.salesforce, change.salesforce);
    const changed = Object.keys(changes).length > 0 || !sameIds(before.salesforce, salesforce);
    const type = details.type ?? 'lead.updated';
    if (!changed && type === 'lead.updated') return before;

    const lead: Lead = changed
      ? {
          ...before,
          version: before.version + 1,
          updated_at: at,
          cycle,
          fields: { ...before.fields, ...wanted },
          changed_at: changedAt,
          salesforce,
        }
      : before;
    if (changed) this.#keep(lead, before);
    if (begins) this.#held.set(id, { held: false, everHeld: this.standing(before).everHeld });
    if (changes['phase']?.to === 'PostHoldPhase') this.#held.set(id, { held: true, everHeld: true });
    feed.append({ ...details, type, occurred_at: at, actor, lead, changes });
    for (const item of dropped)
      feed.append({ type: 'schedule.changed', occurred_at: at, actor, lead, schedule_item: item });
    return lead;
  }

  /** Appends an event of something beside a lead's fields. */
  appendEvent(id: string, actor: Actor, details: EventDetails & Pick<NewEvent, 'type'>): void {
    const occurred_at = new Date(this.#parts.clock()).toISOString();
    this.#parts.feed.append({ occurred_at, actor, lead: this.get(id), ...details });
  }

  /** @throws Refusal not_found. */
  remove(id: string, actor: Actor): Lead {
    const before = this.get(id);
    const at = new Date(Math.max(this.#parts.clock(), Date.parse(before.updated_at) + 1)).toISOString();
    for (const item of this.#parts.schedule.planned(id)) this.#parts.schedule.put({ ...item, state: 'deleted' });
    const lead: Lead = { ...before, version: before.version + 1, updated_at: at, deleted_at: at };
    this.#keep(lead, before);
    this.#parts.feed.append({ type: 'lead.deleted', occurred_at: at, actor, lead });
    return lead;
  }

  /** A deleted lead as it was. @throws Refusal phone_taken, or not_found when it never was. */
  restore(id: string, actor: Actor): Lead {
    const before = this.#byId.get(id);
    if (!before) throw new Refusal('not_found', `There is no lead ${id}.`);
    if (before.deleted_at === null) return before;
    this.#requireFreePhone(phoneOf(before), id);
    const at = new Date(Math.max(this.#parts.clock(), Date.parse(before.updated_at) + 1)).toISOString();
    const lead: Lead = { ...before, version: before.version + 1, updated_at: at, deleted_at: null };
    this.#keep(lead, before);
    this.#parts.feed.append({ type: 'lead.updated', occurred_at: at, actor, lead });
    return lead;
  }

  /** A lead from before the feed begins, so without an event. @throws Refusal phone_taken. */
  seed(lead: Lead, held: Pick<Standing, 'held' | 'everHeld'>): void {
    this.#requireFreePhone(phoneOf(lead), null);
    this.#held.set(lead.id, held);
    this.#keep(lead);
  }

  /** After a field was added to the catalogue: every lead has it, empty, which is no change of the lead. */
  fillBlanks(): void {
    const blank = this.#parts.catalogue.blank('lead');
    for (const lead of this.#byId.values()) this.#byId.set(lead.id, { ...lead, fields: { ...blank, ...lead.fields } });
  }

  #requireFreePhone(phone: SellfireValue, own: string | null): void {
    if (typeof phone !== 'string')
      throw new Refusal('invalid_value', 'A lead always has a primary phone number.', {
        field: 'primary_phone_number',
      });
    const holder = this.#byPhone.get(phone);
    if (holder !== undefined && holder !== own)
      throw new Refusal('phone_taken', `${phone} is the primary phone number of lead ${holder}.`, {
        field: 'primary_phone_number',
        lead_id: holder,
      });
  }

  #keep(lead: Lead, before?: Lead): void {
    this.#byId.set(lead.id, lead);
    if (before && phoneOf(before) !== phoneOf(lead)) this.#byPhone.delete(phoneOf(before));
    if (lead.deleted_at === null) this.#byPhone.set(phoneOf(lead), lead.id);
    else this.#byPhone.delete(phoneOf(lead));
    const [old, now] = [
      before?.deleted_at === null ? salesforceIds(before) : [],
      lead.deleted_at === null ? salesforceIds(lead) : [],
    ];
    for (const id of old) if (!now.includes(id)) this.#unlink(id, lead.id);
    for (const id of now)
      if (!old.includes(id)) this.#bySalesforceId.set(id, [...(this.#bySalesforceId.get(id) ?? []), lead.id]);
    if (lead.deleted_at === null && isResting(phaseOf(lead))) this.#resting.add(lead.id);
    else this.#resting.delete(lead.id);
  }

  #unlink(salesforceId: string, leadId: string): void {
    const left = (this.#bySalesforceId.get(salesforceId) ?? []).filter((id) => id !== leadId);
    if (left.length > 0) this.#bySalesforceId.set(salesforceId, left);
    else this.#bySalesforceId.delete(salesforceId);
  }
}

function salesforceIds({ salesforce: { lead_id, contact_id, account_id } }: Lead): string[] {
  if (lead_id === null && contact_id === null && account_id === null) return NO_IDS;
  return [lead_id, contact_id, account_id].filter((id) => id !== null);
}

function merge(ids: SalesforceIds, change: SomeSalesforceIds | undefined): SalesforceIds {
  const { lead_id = ids.lead_id, contact_id = ids.contact_id, account_id = ids.account_id } = change ?? {};
  return { lead_id, contact_id, account_id };
}

const sameIds = (one: SalesforceIds, other: SalesforceIds): boolean =>
  one.lead_id === other.lead_id && one.contact_id === other.contact_id && one.account_id === other.account_id;
