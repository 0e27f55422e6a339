// What people really did, from the two systems' own records of it: the org's commits and Sellfire's feed, each with that
// system's own time to the millisecond (`LastModifiedDate` keeps whole seconds, too coarse to order two edits). What
// the bridge wrote is left out. From it follows what must stand in both systems once everything has come to rest.
import { canonical } from '../../bridge/sync/values/canonical.ts';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import type { SellfireFieldType } from '../../bridge/model/field.ts';
import type { Canonical } from '../../bridge/model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../../bridge/model/mapping.ts';
import { SENSIBLE } from '../helpers/mappings.ts';
import type { Commit } from '../salesforce/model.ts';
import type { Stack } from '../helpers/stack.ts';

export type Person = 'Lead' | 'Contact';

export interface Edit {
  side: 'salesforce' | 'sellfire';
  /** Whether a person did it; what the bridge wrote is kept to explain the result when something is wrong. */
  real: boolean;
  /** Sellfire's name of the field. */
  field: string;
  value: Canonical;
  /** ms since the epoch. */
  at: number;
}

/** A field that both sides may change, and that no rule of Sellfire's stands in front of. */
export interface TwoWayField {
  name: string;
  type: SellfireFieldType;
  /** Its name on the Lead or the Contact. */
  salesforce: string;
}

/** Phases and owners are Sellfire's to decide (M14, M15): both sides must agree on them, whatever was edited last. */
const DECIDED_BY_SELLFIRE = [PHASE_FIELD, OWNER_FIELD];
const COUNTRY = 'US';

export class Ledger {
  readonly fields: Readonly<Record<Person, readonly TwoWayField[]>>;
  /** By Salesforce record. */
  readonly records = new Map<string, { object: Person; edits: Edit[] }>();
  /** By Sellfire lead. */
  readonly leads = new Map<string, Edit[]>();
  /** The partner that one side's record of the other shows: by lead, and by record. */
  readonly recordOfLead = new Map<string, string>();
  readonly leadOfRecord = new Map<string, string>();
  /** Everything that anybody changed, the bridge too; grows until all is at rest. */
  changes = 0;
  private readonly bridgeUser: string;
  private readonly leadId: string;

  constructor({ org, sellfire, prefix }: Stack) {
    this.bridgeUser = org.users.integration.id;
    this.leadId = `${prefix}Sellfire_Lead_Id__c`;
    this.fields = {
      Lead: twoWay('Lead', prefix, sellfire.dialer.catalogue.list()),
      Contact: twoWay('Contact', prefix, sellfire.dialer.catalogue.list()),
    };
    org.org.listen({ committed: (commit) => this.onCommit(commit) });
    let read = sellfire.dialer.feed.lastSequence;
    sellfire.dialer.feed.onAppend(() => {
      for (const event of sellfire.dialer.feed.after(read)) this.onEvent(event);
      read = sellfire.dialer.feed.lastSequence;
    });
  }

  /** How many edits people made. */
  get edits(): number {
    const all = [...[...this.records.values()].map(({ edits }) => edits), ...this.leads.values()];
    return all.reduce((sum, edits) => sum + edits.filter(({ real }) => real).length, 0);
  }

  /** All that was written to a field of the pair, in order of time. */
  history(leadId: string, recordId: string, field: string): Edit[] {
    const edits = [...(this.leads.get(leadId) ?? []), ...(this.records.get(recordId)?.edits ?? [])];
    return edits.filter((edit) => edit.field === field).toSorted((a, b) => a.at - b.at);
  }

  /** The latest real edit of a field of the pair; a tie goes to Salesforce, as in the design. Undefined: nobody ever set it. */
  latest(leadId: string, recordId: string, field: string): Edit | undefined {
    return this.history(leadId, recordId, field)
      .filter(({ real }) => real)
      .reduce<Edit | undefined>(later, undefined);
  }

  private onCommit({ changes, user, at }: Commit): void {
    for (const { object, id, type, after, changed } of changes) {
      if (object !== 'Lead' && object !== 'Contact') continue;
      this.changes += 1;
      const leadId = after[this.leadId];
      if (typeof leadId === 'string') {
        this.recordOfLead.set(leadId, id);
        this.leadOfRecord.set(id, leadId);
      }
      const record = this.records.get(id) ?? { object, edits: [] };
      this.records.set(id, record);
      const real = user !== this.bridgeUser;
      for (const field of this.fields[object]) {
        const value = canonical(field.type, after[field.salesforce] ?? null, COUNTRY);
        const written = type === 'CREATE' ? value !== null : changed.includes(field.salesforce);
        if (written) record.edits.push({ side: 'salesforce', real, field: field.name, value, at });
      }
    }
  }

  private onEvent(event: SellfireEvent): void {
    const { lead, actor, changes, occurred_at } = event;
    if (!lead) return;
    this.changes += 1;
    const edits = this.leads.get(lead.id) ?? [];
    this.leads.set(lead.id, edits);
    for (const id of [lead.salesforce.contact_id, lead.salesforce.lead_id]) {
      if (id === null) continue;
      this.leadOfRecord.set(id, lead.id);
      this.recordOfLead.set(lead.id, id);
    }
    const real = actor.kind !== 'api';
    for (const { name, type } of this.fields.Lead) {
      const change = changes[name];
      if (!change) continue;
      const value = canonical(type, change.to, COUNTRY);
      edits.push({ side: 'sellfire', real, field: name, value, at: Date.parse(occurred_at) });
    }
  }
}

/** Edits of one side come in order; of the two sides the later one counts. */
function later(best: Edit | undefined, edit: Edit): Edit {
  if (!best || edit.at > best.at) return edit;
  if (edit.at < best.at) return best;
  return edit.side === 'salesforce' || best.side === edit.side ? edit : best;
}

function twoWay(
  object: Person,
  prefix: string,
  catalogue: readonly { object: string; name: string; type: SellfireFieldType }[],
): TwoWayField[] {
  return SENSIBLE.flatMap(([name, on, salesforce, rule]) => {
    const described = catalogue.find((field) => field.object === 'lead' && field.name === name);
    if (on !== object || rule !== 'TwoWay' || !described || DECIDED_BY_SELLFIRE.includes(name)) return [];
    return [{ name, type: described.type, salesforce: salesforce.replace('@', prefix) }];
  });
}
