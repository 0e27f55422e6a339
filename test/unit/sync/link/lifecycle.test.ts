// The core handles the lifecycle of linked records in Salesforce (M10, M11): conversion, merge, deletion and undeletion, in any
// order, with duplicates, from events or reads.
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../../bridge/model/change.ts';
import type { SaleTransaction } from '../../../../bridge/model/saleTransaction.ts';
import type { Plan, Write } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { emptyState, replicaOf } from '../../../../bridge/sync/values/register.ts';
import {
  CONTACT_ID,
  USUAL,
  config,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
} from '../fixtures.ts';
import {
  ACCOUNT_ID,
  OTHER_ID,
  AT,
  IDS,
  fields,
  acme,
  rival,
  settings,
  type Records,
  plan,
  linked,
  CONVERTED,
  CONTACT,
  RECORDS,
  linkOf,
  salesforceWrite,
  of,
} from './linkedRecords.ts';

it('a lead whose Lead is deleted goes on as the Contact to which an interrupted attempt moved it, and a row says so (M20, M31)', () => {
  const moved = lead('lead_1', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID } });
  const { link, reports } = plan([salesforceChange('delete', AT, {})], {
    link: linked(),
    leads: [moved],
    recordStates: { [LEAD_ID]: { state: 'deleted' } },
    records: { [CONTACT_ID]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } },
  });
  expect(link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID } });
  expect(reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success', salesforceRecordId: CONTACT_ID }]);
});

it('a lead whose Lead is deleted, with the Contact to which an interrupted attempt moved it, ends with the Contact (B6)', () => {
  const moved = lead('lead_1', fields, { salesforce: { ...IDS, contact_id: CONTACT_ID } });
  const gone = { [LEAD_ID]: { state: 'deleted' }, [CONTACT_ID]: { state: 'deleted' } } as const;
  const followed = { link: linked(), leads: [moved], recordStates: gone, maybeApplied: true };
  const { link, reports } = plan([salesforceChange('delete', AT, {})], followed);
  expect(link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID }, ended: { by: 'salesforce' } });
  expect(reports).toMatchObject([{ event: 'LeadDeleted', code: 'LINK_ENDED', salesforceRecordId: CONTACT_ID }]);
  const back = { records: { [CONTACT_ID]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } }, leads: [moved] };
  const alive = { [CONTACT_ID]: { state: 'alive' } } as const;
  const undeleted = salesforceChange('undelete', AT + 1, {}, of('Contact', CONTACT_ID));
  const resumed = plan([undeleted], { link: linkOf({ link }), recordStates: alive, ...back });
  expect(resumed.link?.ended).toBeUndefined();
  expect(resumed.reports).toMatchObject([{ code: 'LINK_RESUMED', salesforceRecordId: CONTACT_ID }]);
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
    expect(link?.ended).toEqual({ by: 'salesforce', at: AT, claimed: OTHER_ID });
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

  it('into a record of another lead is reported once, also where that lead has left the record and names it still', () => {
    const simulation = { leads: [acme, rival({ lead_id: OTHER_ID, contact_id: CONTACT_ID })] };
    const claim: Change = {
      ...{ source: 'request', eventId: 'claim', at: AT, leadId: 'lead_1', record: null },
      command: { kind: 'claim' },
    };
    const { link } = follow({ ...simulation, link: linkOf(follow(simulation)) }, [claim]);
    expect(link?.awaits).toBeUndefined();
    expect(follow({ ...simulation, link: linkOf({ link }) }, [salesforceChange('gap', AT, {})]).reports).toEqual([]);
  });

  it('of a record that could not be written to any more is reported as well, once, where the other one is another lead’s', () => {
    const simulation = { leads: [acme, rival({ lead_id: OTHER_ID })] };
    const ended = linkOf({ link: linked({ ended: { by: 'salesforce', at: AT - 1 } }) });
    const { link, reports } = follow({ ...simulation, link: ended });
    expect(link).toMatchObject({ ended: { by: 'salesforce' }, awaits: { id: OTHER_ID } });
    expect(reports).toMatchObject([
      { outcome: 'Failed', code: 'TWO_LEADS_ONE_RECORD', event: 'LeadDeleted', direction: 'ToSellfire' },
    ]);
    expect(follow({ ...simulation, link: linkOf({ link }) }).reports).toEqual([]);
  });

  it('into the record of a lead whose creation was interrupted ends the link, and the record stays that lead’s', () => {
    const records = { [OTHER_ID]: { ...MASTER, Sellfire_Lead_Id__c: 'lead_2' } };
    const { link, reports, writes } = follow({ records, leads: [acme, rival({})] });
    expect(link).toMatchObject({
      record: { id: LEAD_ID },
      ended: { by: 'salesforce', at: AT },
      awaits: { id: OTHER_ID },
    });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ code: 'TWO_LEADS_ONE_RECORD' }]);
  });

  it.each([
    ['was deleted', lead('lead_2', fields, { deleted_at: new Date(AT).toISOString() })],
    ['goes on with another record', rival({ contact_id: CONTACT_ID })],
  ])('into a record that names a lead which %s takes the record over', (_, other) => {
    const records = { [OTHER_ID]: { ...MASTER, Sellfire_Lead_Id__c: 'lead_2' } };
    expect(follow({ records, leads: [acme, other] }).link).toMatchObject({ record: { id: OTHER_ID } });
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

  it('of Accounts takes nothing that the lead has since for what its Contact held: the edit is carried over', () => {
    const { title: _, ...states } = linked().fields;
    const title = {
      ...emptyState(),
      replicas: { 'Contact.Title': { ...replicaOf(emptyState(), ''), lastKnown: null } },
    };
    const link = linked({
      record: { object: 'Contact', id: CONTACT_ID },
      accountId: ACCOUNT_ID,
      fields: { ...states, title },
    });
    const masterId = '001000000000002AAA';
    const salesforce = { lead_id: null, contact_id: CONTACT_ID, account_id: ACCOUNT_ID };
    const edited = lead('lead_1', { ...fields, title: 'Owner' }, { salesforce });
    edited.changed_at['title'] = iso(AT);
    const changes = [
      salesforceChange('delete', AT, {}, of('Account', ACCOUNT_ID)),
      sellfireChange('lead.updated', AT, edited, { title: { from: null, to: 'Owner' } }),
    ];
    const { writes } = plan(changes, {
      link,
      leads: [edited],
      recordStates: { [ACCOUNT_ID]: { state: 'merged', into: masterId } },
      records: { [masterId]: { Name: 'Acme Group' } },
      config: config([...USUAL, mapping('title', 'Contact.Title')]),
    });
    expect(salesforceWrite(writes)).toMatchObject({ object: 'Contact', id: CONTACT_ID, fields: { Title: 'Owner' } });
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
      madeBefore: [],
      leftOut: [],
      heldUp: [],
      why: [],
    };
    const { link } = settle(
      settings(),
      linked(),
      [
        {
          ok: true,
          write: { kind: 'saleTransaction', transaction, lead: acme, cycle: 1, contact: null, edited: [] },
          ids: {},
        },
      ],
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
