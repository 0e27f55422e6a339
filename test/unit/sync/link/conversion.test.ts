// A converted Lead goes on as its Contact and Account.
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan, Write } from '../../../../bridge/model/plan.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import {
  config,
  CONTACT_ID,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  US,
  USUAL,
} from '../fixtures.ts';
import {
  PHONE,
  ACCOUNT_ID,
  AT,
  IDS,
  fields,
  acme,
  rival,
  type Records,
  plan,
  linked,
  CONVERTED,
  converted,
  CONTACT,
  RECORDS,
  linkOf,
  done,
  kinds,
  salesforceWrite,
  settings,
  of,
} from './linkedRecords.ts';

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

  it('whose Contact cannot have the id of the lead, because another one has it, is not asked again as it is read', () => {
    const moved = follow();
    const write = salesforceWrite(moved.writes);
    if (!write) throw new Error('no write');
    const message = 'duplicate value found: Sellfire_Lead_Id__c';
    const fault: Fault = {
      class: 'exists',
      code: 'DUPLICATE_VALUE',
      message,
      fields: ['Sellfire_Lead_Id__c'],
      unknownOutcome: false,
    };
    const refused = settle(settings(), moved.link, [{ ok: false, write, fault }], AT);
    expect(refused.reports).toMatchObject([{ outcome: 'Skipped', code: 'DUPLICATE_VALUE' }]);
    const read = salesforceChange('gap', AT, {}, of('Contact', CONTACT_ID));
    const ids = (link: Link): unknown[] =>
      plan([read], { link, records: RECORDS }).writes.filter(
        (one) => one.kind === 'updateInSalesforce' && one.fields['Sellfire_Lead_Id__c'] !== undefined,
      );
    expect(ids(linkOf(refused))).toEqual([]);
    expect(ids(done(moved))).toHaveLength(1);
  });

  it('of a lead that is deleted has no row that it goes on: the deletion ends the link', () => {
    const deleted = { ...acme, deleted_at: new Date(AT - 1).toISOString() };
    expect(follow({ leads: [deleted] })).toMatchObject({ link: { record: { object: 'Lead' } }, reports: [] });
  });

  it('makes no lead again, where the one that an interrupted attempt made of it is deleted', () => {
    const creation = salesforceChange('create', AT, { Phone: PHONE, LastName: 'Stone', Company: 'Acme' });
    const read = (more: SalesforceChange['fields']) => ({ [LEAD_ID]: { ...creation.fields, ...more } });
    const made = (records: NonNullable<Records['records']>): string[] =>
      kinds(plan([creation], { leads: [], records, maybeApplied: true }).writes);
    expect(made(read({ Sellfire_Lead_Id__c: 'lead_1', ...CONVERTED }))).toEqual([]);
    expect(made(read({ Sellfire_Lead_Id__c: 'lead_1' }))).toEqual(['createInSellfire']);
  });

  it('writes to the Contact only what it lacks: the lead id and the values that the platform did not copy', () => {
    expect(salesforceWrite(follow().writes)).toMatchObject({
      object: 'Contact',
      id: CONTACT_ID,
      fields: { Sellfire_Lead_Id__c: 'lead_1', Phase__c: 'ColdCallDM' },
    });
    expect(Object.keys(salesforceWrite(follow().writes)?.fields ?? {})).toHaveLength(2);
  });

  it('gets the value that Sellfire has by now of a field that no record of the link was mapped to since', () => {
    const unmapped = { ...settings(), mappings: settings().mappings.filter(({ id }) => id !== 'phase>Lead.Phase__c') };
    const demo = lead('lead_1', { ...fields, phase: 'HeldPhase' }, { version: 2, salesforce: IDS });
    demo.changed_at['phase'] = new Date(AT - 100).toISOString();
    const changes = { phase: { from: 'ColdCallDM', to: 'HeldPhase' } };
    const event = sellfireChange('lead.updated', AT - 100, demo, changes);
    const { writes } = follow({ config: unmapped, leads: [demo] }, [event, converted()]);
    expect(salesforceWrite(writes)?.fields).toMatchObject({ Phase__c: 'HeldPhase' });
  });

  it('gets what it lacks when it is undeleted, where it was deleted before the conversion arrived', () => {
    const link = done(follow({ records: { ...RECORDS, [CONTACT_ID]: null } }));
    const back = salesforceChange('undelete', AT + 1, {}, of('Contact', CONTACT_ID));
    expect(salesforceWrite(plan([back], { link, records: RECORDS }).writes)).toMatchObject({
      id: CONTACT_ID,
      fields: { Sellfire_Lead_Id__c: 'lead_1', Phase__c: 'ColdCallDM' },
    });
    // An interrupted attempt has given it the lead's id before.
    const named = { ...RECORDS, [CONTACT_ID]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } };
    const { writes } = plan([back], { link, records: named });
    expect(salesforceWrite(writes)?.fields).toMatchObject({ Phase__c: 'ColdCallDM' });
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

  it('of a lead that was linked to it as it was changes no field that differs, fills what is blank, and gets the edits that follow', () => {
    const named = sellfireChange('lead.updated', AT - 2_000, acme, {}, 'import');
    const other = { ...CONTACT, LastName: 'Stein' };
    const records = { ...RECORDS, [CONTACT_ID]: other };
    const link = done(plan([named], { link: undefined, records: { [LEAD_ID]: { ...other, Company: 'Acme' } } }));
    const edited = lead('lead_1', { ...fields, last_name: 'Rock' }, { version: 2, salesforce: IDS });
    edited.changed_at['last_name'] = new Date(AT - 1_000).toISOString();
    const edit = sellfireChange('lead.updated', AT - 1_000, edited, { last_name: { from: 'Stone', to: 'Rock' } });
    const lastName = ({ writes }: Plan): unknown => salesforceWrite(writes)?.fields['LastName'];
    const stands = follow({ link, records });
    expect(lastName(stands)).toBeUndefined();
    const written = stands.writes.flatMap((one) => (one.kind === 'updateInSellfire' ? Object.keys(one.fields) : []));
    expect(written).toEqual([]);
    expect(lastName(follow({ link, records: { ...RECORDS, [CONTACT_ID]: { ...CONTACT, LastName: null } } }))).toBe(
      'Stone',
    );
    expect(lastName(follow({ link, records, leads: [edited] }, [converted(), edit]))).toBe('Rock');
    // Received before the edit.
    const moved = done(follow({ link, records, leads: [edited] }));
    expect(lastName(plan([edit], { link: moved, records, leads: [edited] }))).toBe('Rock');
    // What somebody enters in the conversion is no difference that stood.
    const entered = follow({ link, records: { ...RECORDS, [CONTACT_ID]: { ...CONTACT, LastName: 'Entered' } } });
    expect(entered.writes).toContainEqual(
      expect.objectContaining({ kind: 'updateInSellfire', fields: { last_name: 'Entered' } }),
    );
  });

  it('is not given back the Account of an earlier sale by an older message of Sellfire', () => {
    const earlier = '001000000000009AAA';
    const after = done(follow({ link: { ...linked(), accountId: earlier } }));
    expect(after.accountId).toBe(ACCOUNT_ID);
    const sold = lead('lead_1', fields, { salesforce: { ...IDS, account_id: earlier } });
    const message = sellfireChange('lead.updated', AT + 1, sold, {}, 'api');
    message.event.actor.request_id = 'bridge:update:x';
    expect(linkOf(plan([message], { link: after })).accountId).toBe(ACCOUNT_ID);
  });

  it('that its lead had left for a Contact before, by an interrupted attempt, is not followed (M20, M31)', () => {
    const ownId = '003000000000009AAA';
    const moved = lead('lead_1', fields, { created_at: iso(500), salesforce: { ...IDS, contact_id: ownId } });
    const records = { ...RECORDS, [ownId]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } };
    const followed = follow({ leads: [moved], records });
    expect(followed.link).toMatchObject({ record: { object: 'Contact', id: ownId } });
    expect(followed.reports).toMatchObject([{ event: 'LeadLinked', outcome: 'Success', salesforceRecordId: ownId }]);
    // What the attempt made the Contact with is no edit, also after the event of the Account that was there.
    const account = salesforceChange('create', AT, { Name: 'Acme' }, of('Account', ACCOUNT_ID));
    const made = { ...of('Contact', ownId), user: US };
    const creation = salesforceChange('create', AT + 500, { ...CONTACT, LastName: 'Rock' }, made);
    const link = { ...done(followed), accountId: ACCOUNT_ID };
    const { writes } = plan([account, creation], { link, leads: [moved], records });
    expect(writes.map(({ kind }) => kind)).not.toContain('updateInSellfire');
  });

  it('into the Contact of another lead ends, and the report names both leads', () => {
    const { link, reports, writes } = follow({ leads: [acme, rival({ contact_id: CONTACT_ID })] });
    expect(link?.ended).toEqual({ by: 'salesforce', at: AT, claimed: CONTACT_ID });
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
