// A deletion ends a link, and an undeletion on the same side resumes it.
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
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
  USUAL,
} from '../fixtures.ts';
import {
  ACCOUNT_ID,
  acme,
  AT,
  IDS,
  PHONE,
  fields,
  plan,
  linked,
  CONTACT,
  RECORDS,
  linkOf,
  OTHER_ID,
  kinds,
  of,
  rival,
  type Records,
} from './linkedRecords.ts';

describe('a Lead that is deleted after an interrupted demo or sale', () => {
  const named = { ...acme, salesforce: { ...IDS, contact_id: CONTACT_ID, account_id: ACCOUNT_ID } };
  const ofLead = (Sellfire_Lead_Id__c: string | null) => ({
    ...RECORDS,
    [CONTACT_ID]: { ...CONTACT, Sellfire_Lead_Id__c },
  });
  const gone = (records: ReturnType<typeof ofLead>, merged?: string) =>
    plan([salesforceChange('delete', AT, {})], {
      ...{ link: linked(), leads: [named], records },
      recordStates: { [LEAD_ID]: merged === undefined ? { state: 'deleted' } : { state: 'merged', into: merged } },
    });

  it('is left for the Contact that was made for the lead', () => {
    const { link } = gone(ofLead('lead_1'));
    expect(link).toMatchObject({
      record: { object: 'Contact', id: CONTACT_ID },
      accountId: ACCOUNT_ID,
      left: [LEAD_ID],
    });
    expect(link?.ended).toBeUndefined();
  });

  it('and was merged into another leaves that Lead alone', () => {
    const { link, writes } = gone(ofLead('lead_1'), OTHER_ID);
    expect(link?.record).toEqual({ object: 'Contact', id: CONTACT_ID });
    expect(JSON.stringify(writes)).not.toContain(OTHER_ID);
  });

  it('is left for it also where the Lead was converted before, and it is the Contact of the conversion that is deleted', () => {
    const [before, after] = [CONTACT_ID, '003000000000002AAA'];
    const { link } = plan([salesforceChange('delete', AT, {}, of('Contact', before))], {
      link: linked({ record: { object: 'Contact', id: before }, accountId: ACCOUNT_ID }),
      leads: [{ ...acme, salesforce: { ...IDS, contact_id: after, account_id: ACCOUNT_ID } }],
      records: { ...RECORDS, [after]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } },
      recordStates: { [before]: { state: 'deleted' } },
    });
    expect(link).toMatchObject({ record: { object: 'Contact', id: after }, left: [before] });
    expect(link?.ended).toBeUndefined();
  });

  it('ends the link where the Contact is not the lead’s', () => {
    expect(gone(ofLead(null)).link?.ended).toEqual({ by: 'salesforce', at: AT });
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

  it('of a Contact that another lead names by now is for that lead, and two leads of one record are reported', () => {
    const ended = linkOf(plan([contact('delete')], { ...simulation, link: both }));
    const other = lead('lead_2', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID } });
    const back = contact('undelete', AT + 1);
    const { link, rerouted, reports } = plan([back], { leads: [other], records: RECORDS, link: ended });
    expect(link?.ended).toBeDefined();
    expect(rerouted).toEqual([{ eventId: back.eventId, key: 'lead_2' }]);
    expect(reports).toMatchObject([{ code: 'TWO_LEADS_ONE_RECORD', sellfireLeadId: 'lead_1' }]);
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

  it('carries over what somebody had entered in the record before it was deleted, though the link did not know of it', () => {
    const ended = linked({ ended: { by: 'salesforce', at: AT } });
    const known = { Phone: PHONE, LastName: 'Stone', Phase__c: 'ColdCallDM', Sellfire_Lead_Id__c: 'lead_1' };
    const record = { ...known, Company: 'Entered' };
    const undeleted = salesforceChange('undelete', AT + 1, record);
    const { link, writes } = plan([undeleted], { link: ended, records: { [LEAD_ID]: record } });
    expect(link?.ended).toBeUndefined();
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: { business_name: 'Entered' } }]);
  });

  it('of a record from which a lead was made leaves it as it was, where the link was not there yet', () => {
    const { link, writes } = plan([created(acme, AT, 'api')], { records: { [LEAD_ID]: null } });
    expect(link).toMatchObject({ record: { id: LEAD_ID } });
    const written = writes.flatMap((write) => (write.kind === 'updateInSalesforce' ? write.deliveries : []));
    expect(written.filter(({ value }) => value !== null)).toEqual([]);
  });

  it('in Salesforce does not resume what was deleted in Sellfire', () => {
    const ended = { ...both, ended: { by: 'sellfire' as const, at: AT } };
    expect(plan([contact('undelete', AT + 1)], { ...simulation, link: ended }).link?.ended).toBeDefined();
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

  const ended = linked({ ended: { by: 'salesforce', at: AT - 1 } });
  const back = { ...old, Sellfire_Lead_Id__c: 'lead_1' };

  it('or that no event reports is found where the record is read again', () => {
    const { link, reports } = plan([gap], { link: ended, records: { [LEAD_ID]: back } });
    expect(link?.ended).toBeUndefined();
    expect(reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success', code: 'LINK_RESUMED' }]);
  });

  it.each<[string, Pick<Records, 'records' | 'leads'>]>([
    ['is not there', { records: {} }],
    ['was converted', { records: { [LEAD_ID]: { ...back, IsConverted: true } } }],
    [
      'is another lead’s by now',
      { records: { [LEAD_ID]: back }, leads: [acme, rival({ lead_id: LEAD_ID })].reverse() },
    ],
  ])('is none where the record %s', (_, simulation) => {
    expect(plan([gap], { link: ended, ...simulation }).reports.map(({ code }) => code)).not.toContain('LINK_RESUMED');
  });

  it('is found by a request as well, which the next turn does then; else the request says that the link has ended', () => {
    const compare: Change = {
      source: 'request',
      eventId: 'request_1:0',
      at: AT,
      leadId: 'lead_1',
      record: null,
      command: { kind: 'compare', create: true },
    };
    const found = plan([compare], { link: ended, records: { [LEAD_ID]: back } });
    expect(found.link?.ended).toBeUndefined();
    expect(found.deferred).toEqual([compare.eventId]);
    expect(found.reports.map(({ code }) => code)).toEqual(['LINK_RESUMED']);
    const gone = plan([compare], { link: ended, records: {} });
    expect(gone.link?.ended).toBeDefined();
    expect(gone.reports.map(({ code }) => code)).toEqual(['LINK_ENDED']);
  });
});
