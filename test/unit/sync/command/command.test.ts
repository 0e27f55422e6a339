// The commands of an admin are decided like any change: a comparison repairs missed changes only (M27), only the application of
// a mapping is retroactive (M9), linking changes neither side (M16).
import { describe, expect, it } from '@jest/globals';
import type { CommandChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Sale } from '../../../../bridge/model/sale.ts';
import type { FieldState, Link, Replica } from '../../../../bridge/model/link.ts';
import type { SyncRule } from '../../../../bridge/model/mapping.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { config, iso, lead, LEAD_ID, mapping, SOMEBODY, USUAL } from '../fixtures.ts';
import { AT, acme, commandOf, COMPARE, foundOf, plan, linked, later } from './commands.ts';

describe('comparing a linked pair', () => {
  it('reads both sides first', () => {
    const decision = decide({
      changes: [COMPARE],
      link: linked(),
      config: config(),
      found: nothingFound(),
      maybeApplied: false,
    });
    expect(decision).toMatchObject({ needs: { leads: ['lead_1'], records: [{ object: 'Lead', id: LEAD_ID }] } });
  });

  it('finds nothing to do where both are in step', () => {
    expect(plan(COMPARE, foundOf(acme, {}), linked())).toMatchObject({ writes: [], reports: [] });
  });

  it('merges an edit of Salesforce whose event was missed', () => {
    const { writes } = plan(COMPARE, foundOf(acme, { Company: 'Missed' }), linked());
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: { business_name: 'Missed' } }]);
  });

  it('writes the id of the lead to a record that has none, as where a rule of the org refused it once', () => {
    const { writes } = plan(COMPARE, foundOf(acme, { Sellfire_Lead_Id__c: null }), linked());
    const fields = { Sellfire_Lead_Id__c: 'lead_1' };
    expect(writes).toEqual([{ kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID, fields, deliveries: [] }]);
    const naming = (other: Lead) => {
      const found = foundOf(acme, { Sellfire_Lead_Id__c: 'lead_2' });
      found.leads.set('lead_2', other);
      return plan(COMPARE, found, linked()).writes;
    };
    expect(naming(lead('lead_2', {}))).toEqual([]);
    expect(naming(lead('lead_2', {}, { deleted_at: iso(AT) }))).toMatchObject([{ fields }]);
  });

  it('merges an edit of Sellfire whose event was missed, at the time of the edit', () => {
    const made = plan(COMPARE, foundOf(later({ business_name: 'Missed' }), {}), linked());
    expect(made.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Missed' } }]);
    expect(made.link?.fields['business_name']?.register).toMatchObject({ at: 50_000, by: 'sellfire' });
  });

  /** Sellfire's newer value was written, and Salesforce shows the earlier one. */
  const earlierAgain = (maybeApplied: boolean): Plan => {
    const newer = later({ business_name: 'Newer' });
    const { link: moved, writes } = plan(COMPARE, foundOf(newer, {}), linked());
    const outcome = { ok: true, write: writes[0] as Write, id: LEAD_ID } as const;
    const { link: after } = settle(config(), moved, [outcome], AT, maybeApplied);
    return plan(COMPARE, foundOf(newer, { Company: 'Acme Plumbing' }), { ...(after as Link), revision: 2 });
  };

  it('takes an earlier value that was put back in Salesforce after the write for an edit', () => {
    expect(earlierAgain(false).writes).toMatchObject([
      { kind: 'updateInSellfire', fields: { business_name: 'Acme Plumbing' } },
    ]);
  });

  it('overwrites an earlier value that an attempt of unknown outcome may have put back', () => {
    expect(earlierAgain(true).writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Newer' } }]);
  });

  it('changes nothing on a pair that was linked with differences', () => {
    const link: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    expect(plan(COMPARE, foundOf(acme, { Company: 'Another name' }), link)).toMatchObject({ writes: [], reports: [] });
  });

  it.each([
    ['a lead that Sellfire has deleted', { ...acme, deleted_at: iso(AT) }, {}, 'LEAD_GONE'],
    ['a record that is gone or hidden', acme, null, 'RECORD_NOT_VISIBLE'],
  ])('reports %s and changes nothing', (_what, inSellfire, inSalesforce, code) => {
    const made = plan(COMPARE, foundOf(inSellfire, inSalesforce), linked());
    expect(made.writes).toEqual([]);
    expect(made.reports).toMatchObject([{ outcome: 'Failed', code }]);
  });
});

describe('comparing what exists on one side only', () => {
  it('creates the lead in Sellfire where the command says so', () => {
    const change = commandOf({ kind: 'compare', create: true }, { leadId: null });
    const { writes } = plan(change, foundOf(null, { Sellfire_Lead_Id__c: null }));
    expect(writes).toMatchObject([
      { kind: 'createInSellfire', recordId: LEAD_ID, fields: { business_name: 'Acme Plumbing' } },
    ]);
  });

  it('creates nothing where it is not', () => {
    const change = commandOf({ kind: 'compare', create: false }, { leadId: null });
    expect(plan(change, foundOf(null, { Sellfire_Lead_Id__c: null })).writes).toEqual([]);
  });

  it('creates the record in Salesforce for a lead that waits', () => {
    const link: Link = { leadId: 'lead_1', revision: 1, fields: {}, waiting: { code: 'REQUIRED_EMPTY', reason: 'x' } };
    const { writes } = plan(commandOf({ kind: 'compare', create: true }, { record: null }), foundOf(acme, {}), link);
    expect(writes).toMatchObject([{ kind: 'createInSalesforce', object: 'Lead', leadId: 'lead_1' }]);
  });
});

/** The configuration with this rule for the business name. */
const ruled = (rule: SyncRule): SyncConfig =>
  config(USUAL.map((one) => (one.sellfireField === 'business_name' ? { ...one, rule } : one)));

describe('a repush (M27)', () => {
  const repush = (event: 'LeadUpdated' | 'Sale' | 'Activity' | 'DemoSet', occurredAt = AT): CommandChange =>
    commandOf({ kind: 'repush', event, occurredAt });

  /** The link after Salesforce has refused the lead's new name. */
  function refused(): { found: Found; link: Link } {
    const changed = plan(COMPARE, foundOf(later({ business_name: 'Refused' }), {}), linked());
    const write = changed.writes[0] as Write;
    const fault = { class: 'record' as const, code: 'X', message: 'No.', fields: ['Company'], unknownOutcome: false };
    const { link } = settle(config(), changed.link, [{ ok: false, write, fault }], AT);
    return { found: foundOf(later({ business_name: 'Refused' }), {}), link: { ...(link as Link), revision: 2 } };
  }

  it.each([
    ['the rule by now', ruled('SalesforceUnlessBlank')],
    ['the settings', config(USUAL, { updateInSalesforce: false })],
  ])('writes nothing against %s, and what was refused stands (M5, M19)', (_, use) => {
    const { found, link } = refused();
    const after = plan(repush('LeadUpdated'), found, link, use);
    expect(after.writes).toEqual([]);
    expect(after.link?.fields['business_name']?.replicas['Lead.Company']?.refused).toMatchObject({ code: 'X' });
  });

  it('goes no way that another rule has closed since, though the value waits to be delivered', () => {
    const { found, link } = refused();
    const { business_name: state } = link.fields;
    const { refused: _, ...waiting } = state?.replicas['Lead.Company'] as Replica;
    const fields = {
      ...link.fields,
      business_name: { ...(state as FieldState), replicas: { 'Lead.Company': waiting } },
    };
    expect(plan(COMPARE, found, { ...link, fields }, ruled('AlwaysSellfire')).writes).toMatchObject([
      { fields: { Company: 'Refused' } },
    ]);
    expect(plan(COMPARE, found, { ...link, fields }, ruled('SalesforceUnlessBlank')).writes).toEqual([]);
  });

  it('tries a refused field again', () => {
    const { found, link } = refused();
    expect(plan(COMPARE, found, link).writes).toEqual([]);
    expect(plan(repush('LeadUpdated'), found, link).writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { Company: 'Refused' } },
    ]);
  });

  it('takes exactly what the row names, also where another is of the same moment', () => {
    const sale = (id: string): Sale => ({
      id,
      ...{ lead_id: 'lead_1', rep_id: 'rep_1', cycle: 1, made_at: new Date(AT).toISOString(), currency: 'USD' },
      ...{ items: [], associated_contacts: [], fields: {}, salesforce_opportunity_id: id },
    });
    const found = { ...foundOf(acme, {}), sales: new Map([['lead_1', [sale('sale_1')]]]) };
    const codesOf = (recordId: string): string[] =>
      plan(commandOf({ kind: 'repush', event: 'Sale', occurredAt: AT, recordId }), found, linked()).reports.map(
        ({ reason }) => reason,
      );
    expect(codesOf('sale_1')).toEqual([expect.stringMatching(/Salesforce/)]);
    expect(codesOf('sale_2')).not.toEqual(codesOf('sale_1'));
  });

  it('looks up in Sellfire the event that it replays', () => {
    const decision = (event: 'Sale' | 'Activity' | 'DemoSet'): unknown =>
      decide({
        changes: [repush(event)],
        link: linked(),
        config: config(),
        found: foundOf(acme, {}),
        maybeApplied: false,
      });
    expect(decision('Sale')).toMatchObject({ needs: { sales: ['lead_1'] } });
    expect(decision('Activity')).toMatchObject({ needs: { activities: ['lead_1'] } });
    expect(decision('DemoSet')).toMatchObject({ needs: { schedules: ['lead_1'] } });
  });

  it('reports that there is no event to replay', () => {
    const found = foundOf(acme, {});
    found.sales.set('lead_1', []);
    expect(plan(repush('Sale'), found, linked()).reports).toMatchObject([{ event: 'Sale', code: 'NOTHING_TO_REPUSH' }]);
  });
});

describe('applying a mapping (M9)', () => {
  const use = (rule: 'TwoWay' | 'AlwaysSellfire' | 'SalesforceUnlessBlank'): SyncConfig =>
    config([...USUAL.filter(({ id }) => !id.includes('Lead.Title')), mapping('title', 'Lead.Title', rule)]);
  const apply = (prefer: 'salesforce' | 'sellfire' = 'salesforce'): CommandChange =>
    commandOf({ kind: 'apply', mappingId: 'title>Lead.Title', prefer });
  const bare: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
  const written = (plan: Plan): unknown =>
    plan.writes.map((write) => [write.kind, 'fields' in write ? Object.values(write.fields) : undefined]);

  it.each([
    ['AlwaysSellfire', 'CEO', 'Owner', 'salesforce', [['updateInSalesforce', ['CEO']]]],
    ['AlwaysSellfire', null, 'Owner', 'salesforce', [['updateInSalesforce', [null]]]],
    ['SalesforceUnlessBlank', 'CEO', 'Owner', 'salesforce', [['updateInSellfire', ['Owner']]]],
    ['SalesforceUnlessBlank', 'CEO', null, 'salesforce', []],
    ['TwoWay', 'CEO', 'Owner', 'salesforce', [['updateInSellfire', ['Owner']]]],
    ['TwoWay', 'CEO', 'Owner', 'sellfire', [['updateInSalesforce', ['CEO']]]],
    ['TwoWay', 'CEO', null, 'salesforce', [['updateInSalesforce', ['CEO']]]],
    ['TwoWay', null, 'Owner', 'sellfire', [['updateInSellfire', ['Owner']]]],
    ['TwoWay', 'CEO', ' CEO ', 'salesforce', []],
  ] as const)(
    'by %s, with %j in Sellfire and %j in Salesforce, preferring %s',
    (rule, ours, theirs, prefer, expected) => {
      const found = foundOf(later({ title: ours }), { Title: theirs });
      expect(written(plan(apply(prefer), found, bare, use(rule)))).toEqual(expected);
    },
  );

  it.each([
    ['salesforce', 'updateInSellfire', 'Owner'],
    ['sellfire', 'updateInSalesforce', 'CEO'],
  ] as const)('that prefers %s wins over what is known, whatever the clocks say', (prefer, kind, value) => {
    const [ours, theirs] = ['sellfire', 'salesforce'] as const;
    for (const by of [ours, theirs]) {
      const { at } = apply();
      const register = { value: by === ours ? 'CEO' : 'Owner', at: at + 5_000, by, version: 3 };
      const known = (lastKnown: string) => ({
        lastKnown,
        at: at + 5_000,
        targetVersion: 0,
        delivered: 3,
        confirmed: 3,
      });
      const replicas = { sellfire: known('CEO'), 'Lead.Title': known('Owner') };
      const title = { register, replicas, previousValues: [], flipFlops: 0, suspended: false };
      const found = foundOf(later({ title: 'CEO' }), { Title: 'Owner' });
      expect(written(plan(apply(prefer), found, { ...bare, fields: { title } }, use('TwoWay')))).toEqual([
        [kind, [value]],
      ]);
    }
  });

  it('leaves every other field alone', () => {
    const found = foundOf(later({ title: 'CEO' }), { Title: null, Company: 'Another', Email: 'b@example.com' });
    const { writes } = plan(apply(), found, bare, use('AlwaysSellfire'));
    expect(writes).toMatchObject([{ fields: { Title: 'CEO' } }]);
  });

  it('passes Sellfire’s own rules: a phase that Salesforce may not set is refused', () => {
    const change = commandOf({ kind: 'apply', mappingId: 'phase>Lead.Phase__c', prefer: 'salesforce' });
    const { writes, reports } = plan(change, foundOf(acme, { Phase__c: 'HeldPhase' }), bare);
    expect(reports).toMatchObject([{ event: 'PhaseChange', outcome: 'Refused', code: 'PHASE_REFUSED' }]);
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'ColdCallCold' } }]);
  });
});

describe('linking existing pairs (M16)', () => {
  const link = commandOf({ kind: 'link' });

  it('writes the other’s id on each side and changes nothing else', () => {
    const { writes, reports } = plan(link, foundOf(acme, { Company: 'Another', Sellfire_Lead_Id__c: null }));
    expect(writes).toMatchObject([
      { kind: 'updateInSalesforce', id: LEAD_ID, fields: { Sellfire_Lead_Id__c: 'lead_1' } },
      { kind: 'updateInSellfire', fields: {}, salesforce: { lead_id: LEAD_ID } },
    ]);
    expect(reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success' }]);
  });

  it('does nothing where they are linked already, and refuses where the lead is linked elsewhere', () => {
    expect(plan(link, foundOf(acme, {}), linked())).toMatchObject({ writes: [], reports: [] });
    for (const lead_id of [LEAD_ID.slice(0, 15), LEAD_ID.toLowerCase()]) {
      const carrying = { ...acme, salesforce: { ...acme.salesforce, lead_id } };
      expect(plan(link, foundOf(carrying, {})).reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success' }]);
    }
    const elsewhere = { ...acme, salesforce: { ...acme.salesforce, lead_id: '00Q000000000009EAA' } };
    expect(plan(link, foundOf(elsewhere, {}))).toMatchObject({ writes: [], reports: [{ code: 'LINKED_ALREADY' }] });
  });

  it('refuses a Contact where the lead carries the id of a Lead, and not of one that was converted or is gone', () => {
    const contact = { object: 'Contact', id: '003000000000001AAA' } as const;
    const carrying = { ...acme, salesforce: { ...acme.salesforce, lead_id: LEAD_ID } };
    const after = (ofLead: SalesforceFields | null): Plan => {
      const found = foundOf(carrying, ofLead);
      found.records.set(contact.id, {
        createdAt: 1_000,
        at: AT,
        user: SOMEBODY,
        fields: { Sellfire_Lead_Id__c: null },
      });
      found.sellfireByRecord.set(contact.id, null);
      return plan(commandOf({ kind: 'link' }, { record: contact }), found);
    };
    expect(after({})).toMatchObject({ writes: [], reports: [{ code: 'LINKED_ALREADY' }] });
    for (const gone of [null, { IsConverted: true, ConvertedContactId: contact.id }])
      expect(after(gone)).toMatchObject({ link: { record: contact }, reports: [{ outcome: 'Success' }] });
  });

  it('refuses a record that is another lead’s by now, and one that is not visible any more', () => {
    const rival = lead('lead_2', acme.fields, { salesforce: { lead_id: null, contact_id: null, account_id: null } });
    const made = foundOf(acme, { Sellfire_Lead_Id__c: 'lead_2' });
    made.leads.set('lead_2', rival);
    const named = foundOf(acme, { Sellfire_Lead_Id__c: null });
    named.sellfireByRecord.set(LEAD_ID, { ...rival, salesforce: { ...rival.salesforce, lead_id: LEAD_ID } });
    for (const found of [made, named])
      expect(plan(link, found)).toMatchObject({ writes: [], reports: [{ code: 'RECORD_CLAIMED' }] });
    expect(plan(link, foundOf(acme, null))).toMatchObject({ writes: [], reports: [{ code: 'RECORD_NOT_VISIBLE' }] });
  });
});

describe('a lead that awaits the record of another', () => {
  const claim = (fields: SalesforceFields, named: Lead | null = null): Plan => {
    const waiting: Link = { leadId: 'lead_1', revision: 1, fields: {}, awaits: { object: 'Lead', id: LEAD_ID } };
    const found = foundOf(acme, fields);
    found.sellfireByRecord.set(LEAD_ID, named);
    return plan(commandOf({ kind: 'claim' }), found, waiting);
  };

  it('is linked to it once the other has left it', () => {
    const { link } = claim({});
    expect(link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
    expect(link?.awaits).toBeUndefined();
  });

  it('is not linked to a record that a lead still names: its link has ended with a deletion that is undone, and resumes', () => {
    const other = lead('lead_2', acme.fields, { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } });
    const { link, writes } = claim({ Sellfire_Lead_Id__c: 'lead_2' }, other);
    expect(link).toEqual({ leadId: 'lead_1', revision: 1, fields: {} });
    expect(writes).toEqual([]);
  });

  it('is not linked to a Lead that was converted: it went on as the Contact of the other', () => {
    const { link, writes } = claim({ IsConverted: true, ConvertedContactId: '003000000000001AAA' });
    expect(link?.record).toBeUndefined();
    expect(link?.awaits).toBeUndefined();
    expect(writes).toEqual([]);
  });
});
