// What is known about the pair that somebody asks about, before the gates are gone through.
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { Message } from '../../model/message.ts';
import type { Found, FoundRecord, Needs } from '../../model/plan.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import type { SyncState } from '../../model/syncState.ts';
import { lookups, type Lookups } from '../turn/lookups.ts';

export interface WhyInput {
  config: SyncConfig;
  sync: SyncState;
  /** The lead and the record as far as the question names them, or the store or Sellfire finds them by it. */
  leadId: string | null;
  record: { object: FollowedObject; id: string } | null;
  link: Link | undefined;
  /** Changes of the pair that wait, and the latest that is set aside. */
  pending: number;
  parked: { code: string; reason: string | Message } | undefined;
  /** The latest report about either side; undefined where there is none. */
  attempt: { id: string; hasFailed: boolean; code: string; reason: string | Message; at: number } | undefined;
}

/**
 * `linked`: by the store · `named`: only by the ids that the lead carries · `toSellfire`, `toSalesforce`: the side that has
 * nothing of the pair yet.
 */
export type Pairing = 'linked' | 'named' | 'toSellfire' | 'toSalesforce';

export interface WhySituation extends WhyInput {
  found: Found;
  needs: Needs;
  look: Lookups;
  lead: Lead | null;
  /** Of the records that the link or the question names, each with what the connected user sees of it. */
  records: { object: FollowedObject; id: string; record: FoundRecord | null }[];
  pairing: Pairing;
}

/** @returns undefined (and needs) while either side is looked up */
export function situationOf(input: WhyInput, found: Found, needs: Needs): WhySituation | undefined {
  const look = lookups({ found, needs });
  const { link, leadId, record } = input;
  const lead = leadId === null ? null : look.lead(leadId);
  const wanted = new Map([
    ...(record ? [[record.id, record.object] as const] : []),
    ...(link?.record ? [[link.record.id, link.record.object] as const] : []),
    ...(link?.accountId ? [[link.accountId, 'Account'] as const] : []),
  ]);
  const read = [...wanted].map(([id, object]) => ({ object, id, record: look.record(object, id) }));
  if (lead === undefined || read.some((one) => one.record === undefined)) return undefined;
  const records = read.map((one) => ({ ...one, record: one.record ?? null }));
  return { ...input, found, needs, look, lead, records, pairing: pairingOf(input, lead) };
}

function pairingOf({ link, leadId, record }: WhyInput, lead: Lead | null): Pairing {
  // One that waits for its Lead may have its Account.
  if (link?.ended ?? link?.record ?? link?.accountId) return 'linked';
  if (leadId === null) return 'toSellfire';
  const ids = lead ? Object.values(recordIdsOf(lead)) : [];
  return record !== null || ids.some((id) => id !== null) ? 'named' : 'toSalesforce';
}
