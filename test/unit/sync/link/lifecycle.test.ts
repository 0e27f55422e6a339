// The core handles the lifecycle of linked records in Salesforce (M10, M11): conversion, merge, deletion and undeletion, in any
// order, with duplicates, from events or reads.
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { SaleTransaction } from '../../../../bridge/model/saleTransaction.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { RecordState, FoundRecord, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { FollowedObject, SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import {
  config,
  CONTACT_ID,
  created,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  USUAL,
} from '../fixtures.ts';

const PHONE = '+15125550123';
const ACCOUNT_ID = '001000000000001AAA';
const OTHER_ID = '00Q000000000002EAA';
const AT = 50_000;
const IDS = { lead_id: LEAD_ID, contact_id: null, account_id: null };
const fields = { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone', phase: 'ColdCallDM' };
const acme = lead('lead_1', fields, { salesforce: IDS });
const rival = (ids: Partial<Lead['salesforce']>): Lead =>
  lead(
    'lead_2',
    { ...fields, primary_phone_number: '+15125550199', business_name: 'Rival' },
    { salesforce: { ...IDS, lead_id: null, ...ids } },
  );

const PHASE_ON_CONTACT = mapping('phase', 'Contact.Phase__c');
const settings = (): SyncConfig => config([...USUAL, PHASE_ON_CONTACT]);

interface Records {
  link?: Link | undefined;
  records?: Record<string, SalesforceFields | null>;
  /** ms; by default long before all events. */
  madeAt?: number;
  leads?: Lead[];
  /** Salesforce id of a Lead by the record it was converted into. */
  conversions?: Record<string, string>;
  recordStates?: Record<string, RecordState>;
  maybeApplied?: boolean;
  config?: SyncConfig;
}

/** Answers the look-ups of the core until it has decided. */
function plan(changes: Change[], simulation: Records): Plan {
  const found = nothingFound();
  const leads = simulation.leads ?? [acme];
  for (let round = 0; round < 6; round += 1) {
    const decision = decide({
      changes,
      link: simulation.link,
      config: simulation.config ?? settings(),
      found,
      maybeApplied: simulation.maybeApplied ?? false,
    });
    if ('plan' in decision) return decision.plan;
    const { needs } = decision;
    for (const id of needs.leads) found.leads.set(id, leads.find((one) => one.id === id) ?? null);
    for (const phone of needs.sellfireByPhone)
      found.sellfireByPhone.set(phone, leads.find((one) => one.fields['primary_phone_number'] === phone) ?? null);
    for (const id of needs.sellfireByRecord)
      found.sellfireByRecord.set(id, leads.find((one) => Object.values(one.salesforce).includes(id)) ?? null);
    for (const { id } of needs.conversions) found.conversions.set(id, simulation.conversions?.[id] ?? null);
    for (const { id } of needs.recordStates)
      found.recordStates.set(id, simulation.recordStates?.[id] ?? { state: 'deleted' });
    for (const { id } of needs.records) {
      const fields = simulation.records?.[id] ?? null;
      const record: FoundRecord | null = fields && {
        createdAt: simulation.madeAt ?? -1_000_000_000,
        at: AT,
        user: SOMEBODY,
        fields,
      };
      found.records.set(id, record);
    }
    for (const id of needs.reps) found.reps.set(id, null);
    for (const id of needs.schedules) found.schedules.set(id, []);
  }
  throw new Error('no decision');
}

/** The link after the creation in Salesforce and its echo. */
function linked(over: Partial<Link> = {}): Link {
  const free = { ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) };
  const first = decide({
    changes: [created({ ...acme, salesforce: { lead_id: null, contact_id: null, account_id: null } })],
    link: undefined,
    config: settings(),
    found: free,
    maybeApplied: false,
  });
  if (!('plan' in first)) throw new Error('no plan');
  const [write] = first.plan.writes as [Write];
  const made = settle(settings(), first.plan.link, [{ ok: true, write, id: LEAD_ID }], 1_000).link;
  if (!made) throw new Error('no link');
  return { ...made, revision: 1, ...over };
}

/** The date of all events. */
const CONVERTED = {
  IsConverted: true,
  ConvertedDate: '1970-01-01',
  ConvertedContactId: CONTACT_ID,
  ConvertedAccountId: ACCOUNT_ID,
};
const converted = (at = AT): SalesforceChange => salesforceChange('update', at, { Status: 'Closed', ...CONVERTED });
/** The values that the platform copies. */
const CONTACT: SalesforceFields = {
  Phone: '(512) 555-0123',
  LastName: 'Stone',
  Title: null,
  Email: null,
  Phase__c: null,
  Owned_Rep_Id__c: null,
  Sellfire_Lead_Id__c: null,
};
const RECORDS = { [CONTACT_ID]: CONTACT, [ACCOUNT_ID]: { Name: 'Acme Plumbing', Phone: PHONE } };
const linkOf = ({ link }: { link?: Link | undefined }): Link => {
  if (!link) throw new Error('no link');
  return link;
};
/** The link after all writes. */
function done(made: Plan): Link {
  const outcomes = made.writes.map((write) => ({ ok: true as const, write }));
  return linkOf(settle(settings(), made.link, outcomes, AT));
}
const kinds = (writes: Write[]): string[] => writes.map(({ kind }) => kind);
const salesforceWrite = (writes: Write[]) => writes.find((one) => one.kind === 'updateInSalesforce');
const of = (object: FollowedObject, id: string) => ({ object, recordId: id });

describe('a converted Lead (M10, M11)', () => {
  const follow = (simulation: Records = {}, changes: Change[] = [converted()]): Plan =>
    plan(changes, { link: linked(), records: RECORDS, madeAt: AT, ...simulation });

  it('moves its link to the Contact and the Account, and Sellfire gets both ids', () => {
    const { link, writes, reports, reread } = follow();
    expect(link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID }, accountId: ACCOUNT_ID });
    expect(writes).toContainEqual(
      expect.objectContaining({
        kind: 'updateInSellfire',
        fields: {},
        salesforce: { contact_id: CONTACT_ID, account_id: ACCOUNT_ID },
      }),
    );
    expect(reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success', code: 'CONVERTED' }]);
    expect(reread).toEqual([
      { object: 'Contact', id: CONTACT_ID },
      { object: 'Account', id: ACCOUNT_ID },
    ]);
  });

  it('writes to the Contact only what it lacks: the lead id and the values that the platform did not copy', () => {
    expect(salesforceWrite(follow().writes)).toMatchObject({
      object: 'Contact',
      id: CONTACT_ID,
      fields: { Sellfire_Lead_Id__c: 'lead_1', Phase__c: 'ColdCallDM' },
    });
    expect(Object.keys(salesforceWrite(follow().writes)?.fields ?? {})).toHaveLength(2);
  });

  it('gets what it lacks when it is undeleted, where it was deleted before the conversion arrived', () => {
    const link = done(follow({ records: { ...RECORDS, [CONTACT_ID]: null } }));
    const back = salesforceChange('undelete', AT + 1, {}, of('Contact', CONTACT_ID));
    expect(salesforceWrite(plan([back], { link, records: RECORDS }).writes)).toMatchObject({
      id: CONTACT_ID,
      fields: { Sellfire_Lead_Id__c: 'lead_1', Phase__c: 'ColdCallDM' },
    });
  });

  it('delivers an edit of Sellfire that had not reached the Lead', () => {
    const edit = sellfireChange(
      'lead.updated',
      AT - 1_000,
      lead('lead_1', { ...fields, last_name: 'Rock' }, { salesforce: IDS }),
      {
        last_name: { from: 'Stone', to: 'Rock' },
      },
    );
    for (const order of [
      [edit, converted()],
      [converted(), edit],
    ])
      expect(salesforceWrite(follow({}, order).writes)).toMatchObject({ id: CONTACT_ID, fields: { LastName: 'Rock' } });
  });

  it('writes to Sellfire what was changed during the conversion, and nothing of a Contact that existed before', () => {
    const records = { ...RECORDS, [CONTACT_ID]: { ...CONTACT, LastName: 'Married' } };
    const toSellfire = (simulation: Records): Write | undefined =>
      follow({ records, ...simulation }).writes.find((one) => one.kind === 'updateInSellfire');
    expect(toSellfire({})).toMatchObject({ fields: { last_name: 'Married' } });
    expect(toSellfire({ madeAt: 1 })).toMatchObject({ fields: {} });
  });

  it('makes no lead of its Contact or Account, even where they hold another number', () => {
    const known = { conversions: { [CONTACT_ID]: LEAD_ID, [ACCOUNT_ID]: LEAD_ID } };
    const mapped = config([...USUAL, mapping('primary_phone_number', 'Account.Phone')]);
    const objects = { ...mapped.objects, Account: mapped.objects['Lead'] as SyncConfig['objects'][string] };
    for (const [object, id] of [
      ['Contact', CONTACT_ID],
      ['Account', ACCOUNT_ID],
    ] as const) {
      const change = salesforceChange('create', AT, { LastName: 'Stone', Phone: '+15125550777' }, of(object, id));
      expect(plan([change], { ...known, config: { ...mapped, objects } })).toMatchObject({ writes: [], reports: [] });
    }
    const stranger = salesforceChange(
      'create',
      AT,
      { LastName: 'Stone', Phone: '+15125550777' },
      of('Contact', CONTACT_ID),
    );
    expect(kinds(plan([stranger], {}).writes)).toEqual(['createInSellfire']);
  });

  it('of which Sellfire has no lead gives way to its Contact', () => {
    const change = salesforceChange('create', AT, { LastName: 'Stone', Phone: PHONE }, of('Contact', CONTACT_ID));
    const records = { [CONTACT_ID]: { LastName: 'Stone', Phone: PHONE } };
    const unknown = { conversions: { [CONTACT_ID]: LEAD_ID }, leads: [], records };
    expect(kinds(plan([change], unknown).writes)).toEqual(['createInSellfire']);
    const both = [salesforceChange('create', AT, { LastName: 'Stone', Company: 'Acme', Phone: PHONE }), converted()];
    expect(plan(both, unknown).writes).toEqual([]);
  });

  it('of which Sellfire has no lead does not become one by its Account, where its Contact may', () => {
    const mapped = config([...USUAL, mapping('primary_phone_number', 'Account.Phone')]);
    const objects = { ...mapped.objects, Account: mapped.objects['Lead'] as SyncConfig['objects'][string] };
    const change = salesforceChange('create', AT, { Name: 'Acme', Phone: PHONE }, of('Account', ACCOUNT_ID));
    const simulation = { leads: [], config: { ...mapped, objects } };
    expect(plan([change], { ...simulation, conversions: { [ACCOUNT_ID]: LEAD_ID } }).writes).toEqual([]);
    expect(kinds(plan([change], simulation).writes)).toEqual(['createInSellfire']);
  });

  it('has the same result when it is only read, and when its event is repeated', () => {
    const gap = salesforceChange('gap', AT, {});
    const read = follow({ records: { ...RECORDS, [LEAD_ID]: { LastName: 'Stone', ...CONVERTED } } }, [gap]);
    expect(read.link?.record).toEqual({ object: 'Contact', id: CONTACT_ID });
    const again = plan([converted(), gap], { link: done(follow()), records: RECORDS });
    expect(again).toMatchObject({ writes: [], reports: [] });
  });

  it('is detected by an attempt that fails on it, without its event', () => {
    const edit = sellfireChange('lead.updated', AT, acme, { last_name: { from: 'Stone', to: 'Rock' } });
    const records = { ...RECORDS, [LEAD_ID]: { LastName: 'Stone', ...CONVERTED } };
    const { link, writes } = follow({ records, maybeApplied: true }, [edit]);
    expect(link?.record?.id).toBe(CONTACT_ID);
    expect(salesforceWrite(writes)).toMatchObject({ id: CONTACT_ID, fields: { LastName: 'Rock' } });
  });

  it('is not reverted by an older message of Sellfire, nor by the creation of the Contact', () => {
    const before = sellfireChange('lead.updated', AT + 1, acme, { title: { from: null, to: 'Owner' } });
    const link = done(plan([before], { link: done(follow()) }));
    expect(link.record?.id).toBe(CONTACT_ID);
    const creation = salesforceChange('create', AT, { ...CONTACT, LastName: 'As it was' }, of('Contact', CONTACT_ID));
    expect(plan([creation], { link })).toMatchObject({ writes: [] });
    const confirming = lead('lead_1', fields, {
      salesforce: { lead_id: LEAD_ID, contact_id: CONTACT_ID, account_id: ACCOUNT_ID },
    });
    const confirmed = linkOf(plan([sellfireChange('lead.updated', AT + 2, confirming, {})], { link }));
    expect(confirmed.moved?.from).toEqual([]);
    const next = salesforceChange('update', AT + 3, { LastName: 'Rock' }, of('Contact', CONTACT_ID));
    expect(plan([next], { link: confirmed }).writes).toMatchObject([
      { kind: 'updateInSellfire', fields: { last_name: 'Rock' } },
    ]);
  });

  it('into the Contact of another lead ends, and the report names both leads', () => {
    const { link, reports, writes } = follow({ leads: [acme, rival({ contact_id: CONTACT_ID })] });
    expect(link?.ended).toEqual({ by: 'salesforce', at: AT });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([
      {
        outcome: 'Failed',
        code: 'TWO_LEADS_ONE_RECORD',
        reason: expect.stringMatching(/Acme Plumbing.*Rival.*lead_2/),
      },
    ]);
  });
});

describe('a merge (M10, M11)', () => {
  const gone = salesforceChange('delete', AT, {});
  const merged = { [LEAD_ID]: { state: 'merged', into: OTHER_ID } } as const;
  const MASTER: SalesforceFields = { ...CONTACT, Company: 'Acme & Sons', Sellfire_Lead_Id__c: null };
  const follow = (simulation: Records = {}, changes: Change[] = [gone]): Plan =>
    plan(changes, { link: linked(), recordStates: merged, records: { [OTHER_ID]: MASTER }, ...simulation });

  it('moves the link of the merged record to the master record', () => {
    const { link, reports, writes } = follow();
    expect(link).toMatchObject({ record: { object: 'Lead', id: OTHER_ID } });
    expect(link?.ended).toBeUndefined();
    expect(reports).toMatchObject([{ code: 'MERGED', outcome: 'Success' }]);
    expect(salesforceWrite(writes)).toMatchObject({ id: OTHER_ID, fields: { Sellfire_Lead_Id__c: 'lead_1' } });
    expect(writes).toContainEqual(expect.objectContaining({ salesforce: { lead_id: OTHER_ID } }));
  });

  it('writes the values of the master record to Sellfire by the rules, and fills its blanks', () => {
    const { writes } = follow();
    expect(writes.find(({ kind }) => kind === 'updateInSellfire')).toMatchObject({
      fields: { business_name: 'Acme & Sons' },
    });
    expect(salesforceWrite(writes)?.fields).toMatchObject({ Phase__c: 'ColdCallDM' });
    expect(salesforceWrite(writes)?.fields).not.toHaveProperty('Company');
  });

  it('is applied also where a write failed on the deletion before, and the pending values are delivered', () => {
    const edit = sellfireChange('lead.updated', AT + 500, acme, { last_name: { from: 'Stone', to: 'Rock' } });
    const first = plan([edit], { link: linked() });
    const fault = {
      class: 'gone' as const,
      code: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
      fields: [],
      unknownOutcome: false,
    };
    const { link } = settle(settings(), first.link, [{ ok: false, write: first.writes[0] as Write, fault }], AT + 500);
    expect(link?.ended).toBeDefined();
    const after = follow({ link });
    expect(after.link?.ended).toBeUndefined();
    expect(salesforceWrite(after.writes)).toMatchObject({ id: OTHER_ID, fields: { LastName: 'Rock' } });
  });

  it('of two linked records ends the link of the merged one, reported once, with both leads and the remedy', () => {
    const simulation = { leads: [acme, rival({ lead_id: OTHER_ID })] };
    const { link, reports, writes } = follow(simulation);
    expect(link?.ended).toEqual({ by: 'salesforce', at: AT });
    expect(link?.record?.id).toBe(LEAD_ID);
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([
      {
        outcome: 'Failed',
        code: 'TWO_LEADS_ONE_RECORD',
        reason: expect.stringMatching(/"Acme Plumbing" \(lead_1\).*"Rival" \(lead_2\).*delete .* in Sellfire/),
      },
    ]);
    expect(follow({ ...simulation, link: linkOf({ link }) }).reports).toEqual([]);
  });

  it('into a Lead that was converted since continues with the Contact', () => {
    const records = { ...RECORDS, [OTHER_ID]: { ...MASTER, ...CONVERTED } };
    expect(follow({ records }).link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID } });
  });

  it('that is only read is applied as well, and a record that is merely hidden is not', () => {
    const gap = salesforceChange('gap', AT, {});
    expect(follow({}, [gap]).link?.record?.id).toBe(OTHER_ID);
    const hidden = follow({ recordStates: { [LEAD_ID]: { state: 'unknown' } } }, [gap]);
    expect(hidden.link?.ended).toBeUndefined();
    expect(follow({ recordStates: { [LEAD_ID]: { state: 'deleted' } } }, [gap]).link?.ended).toBeDefined();
  });

  it('that was only read does not hide what is edited in the same second', () => {
    const gap = salesforceChange('gap', AT, {});
    const { link } = follow({}, [gap]);
    const edit = salesforceChange('update', AT + 20, { LastName: 'Rock' }, of('Lead', OTHER_ID));
    const company = salesforceChange('update', AT + 30, { Company: 'Later' }, of('Lead', OTHER_ID));
    const { writes } = plan([edit, company], { link: linkOf({ link }) });
    expect(writes.find(({ kind }) => kind === 'updateInSellfire')).toMatchObject({
      fields: { last_name: 'Rock', business_name: 'Later' },
    });
  });

  it('of Accounts moves every link’s Account, shared or not, and not the person', () => {
    const link = linked({ record: { object: 'Contact', id: CONTACT_ID }, accountId: ACCOUNT_ID });
    const masterId = '001000000000002AAA';
    const shared = rival({ contact_id: '003000000000002AAA', account_id: masterId });
    const at = lead('lead_1', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID, account_id: ACCOUNT_ID } });
    const made = plan([salesforceChange('delete', AT, {}, of('Account', ACCOUNT_ID))], {
      link,
      leads: [at, shared],
      recordStates: { [ACCOUNT_ID]: { state: 'merged', into: masterId } },
      records: { [masterId]: { Name: 'Acme Group' } },
    });
    expect(made.link).toMatchObject({ record: { id: CONTACT_ID }, accountId: masterId });
    expect(made.writes).toContainEqual(
      expect.objectContaining({ salesforce: { contact_id: CONTACT_ID, account_id: masterId } }),
    );
    // Two leads whose only record is the Account now claim one record.
    const { record: _, ...only } = link;
    const alone = plan([salesforceChange('delete', AT, {}, of('Account', ACCOUNT_ID))], {
      link: only,
      leads: [at, shared],
      recordStates: { [ACCOUNT_ID]: { state: 'merged', into: masterId } },
      records: { [masterId]: { Name: 'Acme Group' } },
    });
    expect(alone.reports).toMatchObject([{ code: 'TWO_LEADS_ONE_RECORD' }]);
  });
});

describe('deletion and undeletion (M10, M11)', () => {
  const both = linked({ record: { object: 'Contact', id: CONTACT_ID }, accountId: ACCOUNT_ID });
  const there = lead('lead_1', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID, account_id: ACCOUNT_ID } });
  const account = (kind: SalesforceChange['kind'], at = AT): SalesforceChange =>
    salesforceChange(kind, at, {}, of('Account', ACCOUNT_ID));
  const contact = (kind: SalesforceChange['kind'], at = AT): SalesforceChange =>
    salesforceChange(kind, at, {}, of('Contact', CONTACT_ID));
  const simulation = { leads: [there], records: RECORDS };

  it('of a Contact with its Account ends the link and resumes it as a whole, in either order', () => {
    for (const order of [
      [contact('delete'), account('delete')],
      [account('delete'), contact('delete')],
    ]) {
      const ended = linkOf(plan(order, { ...simulation, link: both }));
      expect(ended.ended).toEqual({ by: 'salesforce', at: AT });
      for (const back of [
        [account('undelete', AT + 1), contact('undelete', AT + 1)],
        [contact('undelete', AT + 1), account('undelete', AT + 1)],
      ]) {
        const { link, reports } = plan(back, { ...simulation, link: ended });
        expect(link?.ended).toBeUndefined();
        expect(link).toMatchObject({ record: { id: CONTACT_ID }, accountId: ACCOUNT_ID });
        expect(reports).toMatchObject([{ code: 'LINK_RESUMED' }]);
      }
    }
  });

  it('of the Account alone removes it from the link, which continues, and Sellfire gets none', () => {
    const lost = plan([account('delete')], { ...simulation, link: both });
    expect(lost.link?.accountId).toBeUndefined();
    expect(lost.link?.ended).toBeUndefined();
    expect(lost.writes).toMatchObject([{ kind: 'updateInSellfire', salesforce: { account_id: null } }]);
    expect(lost.reports).toMatchObject([{ code: 'ACCOUNT_DELETED' }]);
    const edit = salesforceChange('update', AT + 1, { LastName: 'Rock' }, of('Contact', CONTACT_ID));
    expect(kinds(plan([edit], { ...simulation, link: linkOf(lost) }).writes)).toEqual(['updateInSellfire']);
    // An older message of Sellfire does not restore the Account; its undeletion does.
    const stale = sellfireChange('lead.updated', AT + 1, there, {});
    expect(plan([stale], { ...simulation, link: linkOf(lost) }).link?.accountId).toBeUndefined();
    const { link, writes } = plan([account('undelete', AT + 2)], { ...simulation, link: linkOf(lost) });
    expect(link?.accountId).toBe(ACCOUNT_ID);
    expect(link?.lostAccountId).toBeUndefined();
    expect(writes).toEqual([]);
  });

  it('of an Account that is the only record of the link ends the link', () => {
    const { record: _, ...only } = both;
    expect(plan([account('delete')], { ...simulation, link: only }).link?.ended).toBeDefined();
  });

  it('of an Account that a write fails on first removes it as well', () => {
    const mapped = config([...USUAL, mapping('business_name', 'Account.Name')]);
    const write: Write = {
      kind: 'updateInSalesforce',
      object: 'Account',
      id: ACCOUNT_ID,
      fields: { Name: 'Acme' },
      deliveries: [],
    };
    const fault = {
      class: 'gone' as const,
      code: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
      fields: [],
      unknownOutcome: false,
    };
    const { link, writes } = settle(mapped, both, [{ ok: false, write, fault }], AT);
    expect(link?.ended).toBeUndefined();
    expect(link?.accountId).toBeUndefined();
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', salesforce: { account_id: null } }]);
  });

  it('that was reverted before its event was handled changes nothing', () => {
    const { link, reports } = plan([contact('delete')], {
      ...simulation,
      link: both,
      recordStates: { [CONTACT_ID]: { state: 'alive' } },
    });
    expect(link?.ended).toBeUndefined();
    expect(reports).toEqual([]);
  });

  it('of the lead in Sellfire ends the link, and its restoration resumes it with the changes of Salesforce since', () => {
    const deleted = { ...there, version: 2, deleted_at: iso(AT) };
    const ended = linkOf(plan([sellfireChange('lead.deleted', AT, deleted, {})], { ...simulation, link: both }));
    expect(ended.ended).toEqual({ by: 'sellfire', at: AT });
    const edit = salesforceChange('update', AT + 1, { LastName: 'Rock' }, of('Contact', CONTACT_ID));
    const meanwhile = plan([edit], { ...simulation, link: ended });
    expect(meanwhile.writes).toEqual([]);
    const late = sellfireChange('lead.updated', AT - 1, there, {});
    expect(plan([late], { ...simulation, link: ended }).link?.ended).toBeDefined();
    const back = sellfireChange('lead.updated', AT + 2, { ...there, version: 3 }, {});
    const records = { ...RECORDS, [CONTACT_ID]: { ...CONTACT, LastName: 'Rock' } };
    const { link, writes, reports } = plan([back], { ...simulation, records, link: linkOf(meanwhile) });
    expect(link?.ended).toBeUndefined();
    expect(reports).toMatchObject([{ code: 'LINK_RESUMED' }]);
    expect(writes.find(({ kind }) => kind === 'updateInSellfire')).toMatchObject({ fields: { last_name: 'Rock' } });
  });

  it('in Salesforce does not resume what was deleted in Sellfire', () => {
    const ended = { ...both, ended: { by: 'sellfire' as const, at: AT } };
    expect(plan([contact('undelete', AT + 1)], { ...simulation, link: ended }).link?.ended).toBeDefined();
  });
});

describe('a record that the link has left', () => {
  it('at a demo is not restored by an older message of Sellfire (M20)', () => {
    const transaction: SaleTransaction = {
      event: 'DemoSet',
      leadId: 'lead_1',
      recordId: null,
      cycle: 1,
      account: { id: ACCOUNT_ID },
      contact: { id: CONTACT_ID },
      opportunity: undefined,
      relinks: true,
      nodes: [],
      made: [],
      leftOut: [],
      heldUp: [],
      why: [],
    };
    const { link } = settle(
      settings(),
      linked(),
      [{ ok: true, write: { kind: 'saleTransaction', transaction, lead: acme, contact: null }, ids: {} }],
      AT,
    );
    const stale = sellfireChange('lead.updated', AT, acme, {});
    expect(plan([stale], { link: linkOf({ link }) }).link?.record).toEqual({ object: 'Contact', id: CONTACT_ID });
  });

  it('is not linked again when it is read with the lead id', () => {
    const gap = salesforceChange('gap', AT, {});
    const moved = lead('lead_1', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID } });
    const records = { [LEAD_ID]: { LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1', ...CONVERTED } };
    // Under the key of the record the link is not loaded.
    expect(plan([gap], { leads: [moved], records })).toEqual({
      writes: [],
      reports: [],
      deferred: [],
      rerouted: [],
      reread: [],
    });
  });

  it('makes a lead of its own under its own key, not under that of the lead that left it', () => {
    const link = linked({
      record: { object: 'Contact', id: '003000000000005AAA' },
      moved: { from: [CONTACT_ID], at: 5 },
    });
    const gap = salesforceChange('gap', AT, {}, { object: 'Contact', recordId: CONTACT_ID });
    const records = { [CONTACT_ID]: { ...CONTACT, Phone: '(512) 555-0177' } };
    const decided = plan([gap], { link, records, madeAt: AT, leads: [acme] });
    expect(decided.rerouted).toEqual([{ eventId: gap.eventId, key: CONTACT_ID }]);
    expect(decided.writes).toEqual([]);
    expect(decided.link?.record).toEqual(link.record);
  });
});

describe('an undeletion that only a gap reports (I20)', () => {
  const old = { Phone: '(512) 555-0177', LastName: 'Stone', Company: 'Acme', Sellfire_Lead_Id__c: null };
  const gap = salesforceChange('gap', AT, {});

  it('makes a lead of a record without one, as an undeletion does (M18); a plain gap of an old record makes none', () => {
    const records = { [LEAD_ID]: old };
    expect(plan([gap], { leads: [], records }).writes).toEqual([]);
    expect(plan([{ ...gap, undeleted: true }], { leads: [], records }).writes).toMatchObject([
      { kind: 'createInSellfire', recordId: LEAD_ID },
    ]);
  });

  it('resumes the link that the deletion ended', () => {
    const link = linked({ ended: { by: 'salesforce', at: AT - 1 } });
    const records = { [LEAD_ID]: { ...old, Sellfire_Lead_Id__c: 'lead_1' } };
    expect(plan([{ ...gap, undeleted: true }], { link, records }).link?.ended).toBeUndefined();
  });
});
