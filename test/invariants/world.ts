// Two small systems, the real core between them, virtual time and one seed. Edits, delays, repeats and crashes between any two
// steps of the bridge; afterwards everything settles. A seed replays exactly.
import type { Change } from '../../bridge/model/change.ts';
import type { SyncConfig } from '../../bridge/model/config.ts';
import type { Canonical, Link } from '../../bridge/model/link.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Outcome, Write } from '../../bridge/model/plan.ts';
import type { Report } from '../../bridge/model/report.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import { decide } from '../../bridge/sync/decide.ts';
import { nothingFound } from '../../bridge/sync/found.ts';
import { settle } from '../../bridge/sync/settle.ts';
import {
  config,
  created,
  iso,
  lead,
  LEAD_ID,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  US,
} from '../unit/sync/fixtures.ts';

/** A small, good generator (mulberry32): the same seed, the same history. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Pending {
  seq: number;
  change: Change;
  attempts: number;
}

/** Mapped in the usual configuration: business_name two-way, title Salesforce unless blank, email always Sellfire. */
const FIELDS = { business_name: 'Company', title: 'Title', email: 'Email' } as const;
type Name = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Name[];

export interface Edit {
  side: 'salesforce' | 'sellfire';
  name: Name;
  value: string | null;
  at: number;
}

export class World {
  now = 1_000;
  readonly edits: Edit[] = [];
  readonly reports: Report[] = [];
  writes = 0;
  readonly config: SyncConfig = config();
  record: SalesforceFields = {};
  lead: Lead;
  private link: Link | undefined;
  private inbox: Pending[] = [];
  private readonly inFlight = { salesforce: [] as Change[], sellfire: [] as Change[] };
  private modified = { createdAt: 0, at: 0, user: SOMEBODY };
  private received = new Set<string>();
  private seq = 0;
  private readonly rng: () => number;

  constructor(seed: number) {
    this.rng = random(seed);
    this.lead = lead('lead_1', {
      primary_phone_number: '+15125550123',
      business_name: 'Acme',
      last_name: 'Stone',
      title: null,
      email: null,
    });
    this.inFlight.sellfire.push(created(structuredClone(this.lead)));
  }

  /** One step: a person edits, an event arrives, or the bridge works; the bridge may die in the middle. */
  step(): void {
    this.now += 1 + Math.floor(this.rng() * 20_000);
    const dice = this.rng();
    if (dice < 0.3) this.edit();
    else if (dice < 0.65) this.arrive();
    else this.work(this.rng() < 0.15);
  }

  /** Lets everything arrive and be worked off. @throws when it does not come to rest. */
  settle(): void {
    for (let round = 0; round < 200; round += 1) {
      this.now += 50;
      while (this.arrive());
      if (this.inbox.length === 0) return;
      this.work(false);
    }
    throw new Error('The bridge did not come to rest.');
  }

  sellfireValue(name: Name): Canonical {
    return this.lead.fields[name] as string | null;
  }

  salesforceValue(name: Name): Canonical {
    return (this.record[FIELDS[name]] ?? null) as string | null;
  }

  get connected(): boolean {
    return this.link?.record !== undefined;
  }

  private edit(): void {
    const name = NAMES[Math.floor(this.rng() * NAMES.length)] as Name;
    // Few values, so that a value comes back that stood there before.
    const value = name !== 'business_name' && this.rng() < 0.25 ? null : `v${Math.floor(this.rng() * 5)}`;
    const side = this.rng() < 0.5 ? 'salesforce' : 'sellfire';
    if (side === 'salesforce') {
      if (!this.connected || (this.record[FIELDS[name]] ?? null) === value) return;
      this.saveRecord({ [FIELDS[name]]: value }, SOMEBODY);
      this.edits.push({ side, name, value, at: this.now });
    } else {
      if (this.lead.fields[name] === value) return;
      this.saveLead({ [name]: value }, 'rep');
      this.edits.push({ side, name, value, at: this.now });
    }
  }

  private saveRecord(fields: SalesforceFields, user: string, kind: 'create' | 'update' = 'update'): void {
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => (this.record[name] ?? null) !== value),
    );
    if (Object.keys(changed).length === 0 && kind === 'update') return;
    this.now += 1;
    Object.assign(this.record, fields);
    this.modified = { createdAt: kind === 'create' ? this.now : this.modified.createdAt, at: this.now, user };
    this.inFlight.salesforce.push(
      salesforceChange(kind, this.now, kind === 'create' ? { ...this.record } : changed, { user }),
    );
  }

  private saveLead(fields: Lead['fields'], actor: 'rep' | 'api', ids?: Partial<Lead['salesforce']>): void {
    const changes = Object.fromEntries(
      Object.entries(fields)
        .filter(([name, value]) => this.lead.fields[name] !== value)
        .map(([name, to]) => [name, { from: this.lead.fields[name] ?? null, to }]),
    );
    Object.assign(this.lead.salesforce, ids);
    if (Object.keys(changes).length === 0) return;
    this.now += 1;
    for (const name of Object.keys(changes)) this.lead.changed_at[name] = iso(this.now);
    Object.assign(this.lead.fields, fields);
    this.lead.version += 1;
    this.inFlight.sellfire.push(sellfireChange('lead.updated', this.now, structuredClone(this.lead), changes, actor));
  }

  /** The next event of one side reaches the inbox, in that side's order; sometimes it comes again. */
  private arrive(): boolean {
    const sides = (['salesforce', 'sellfire'] as const).filter((side) => this.inFlight[side].length > 0);
    const side = sides[Math.floor(this.rng() * sides.length)];
    if (!side) return false;
    const change = this.inFlight[side][0] as Change;
    if (this.rng() > 0.2) this.inFlight[side].shift();
    if (this.received.has(change.eventId)) return true;
    this.received.add(change.eventId);
    this.seq += 1;
    this.inbox.push({ seq: this.seq, change, attempts: 0 });
    return true;
  }

  /** What a worker does, with its steps in the same order; a crash loses all that was not saved. */
  private work(crash: boolean): void {
    if (this.inbox.length === 0) return;
    const rows = [...this.inbox];
    const found = nothingFound();
    found.salesforceByPhone.set(
      '+15125550123',
      this.record['Id'] ? [{ object: 'Lead', id: LEAD_ID, name: 'Stone', leadId: 'lead_1' }] : [],
    );
    found.leads.set('lead_1', structuredClone(this.lead));
    found.records.set(LEAD_ID, this.record['Id'] ? { ...this.modified, fields: { ...this.record } } : null);
    const decision = decide({
      changes: rows.map(({ change }) => change),
      link: this.link,
      config: this.config,
      found,
      suspect: rows.some(({ attempts }) => attempts > 0),
    });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    const { plan } = decision;
    const reports = [...plan.reports];
    let { link } = plan;
    let { writes } = plan;
    while (writes.length > 0) {
      const outcomes: Outcome[] = [];
      for (const write of writes) {
        if (crash && this.rng() < 0.5) return this.fail(rows);
        this.now += Math.floor(this.rng() * 10);
        // People go on working while the bridge writes.
        if (this.rng() < 0.2) this.edit();
        outcomes.push(this.carryOut(write));
      }
      const settled = settle(this.config, link, outcomes, Math.max(...rows.map(({ change }) => change.at)));
      link = settled.link;
      reports.push(...settled.reports);
      writes = settled.writes;
    }
    if (crash) return this.fail(rows);
    this.link = link;
    this.inbox = this.inbox.filter((row) => !rows.includes(row));
    this.reports.push(...reports);
  }

  private fail(rows: Pending[]): void {
    for (const row of rows) row.attempts += 1;
  }

  private carryOut(write: Write): Outcome {
    if ('deliveries' in write && write.deliveries.length > 0) this.writes += 1;
    switch (write.kind) {
      case 'createInSalesforce': {
        const kind = this.record['Id'] ? 'update' : 'create';
        this.saveRecord({ Id: LEAD_ID, Sellfire_Lead_Id__c: write.leadId, ...write.fields }, US, kind);
        return { ok: true, write, id: LEAD_ID };
      }
      case 'updateInSalesforce':
        this.saveRecord(write.fields, US);
        return { ok: true, write, id: LEAD_ID };
      case 'updateInSellfire':
        this.saveLead(write.fields, 'api', write.salesforce);
        return { ok: true, write, lead: structuredClone(this.lead) };
      default:
        throw new Error(`This world has no ${write.kind}.`);
    }
  }
}
