// The Account that a demo or a sale makes: what the lead gave it is no edit of Salesforce, and what came meanwhile follows (I12, M23).
import { expect, it } from '@jest/globals';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
import type { SaleTransaction } from '../../../../bridge/model/saleTransaction.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { acme, linkOf, linked, PHONE, plan } from '../decideLead.ts';
import { ACCOUNT_ID, CONTACT, plan as planWithReads } from './linkedRecords.ts';
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

const ACCOUNT = salesforceObject('Account', [
  salesforceField('Name', 'string', { nillable: false }),
  salesforceField('Phone', 'phone'),
]);
const onAccount = [mapping('business_name', 'Account.Name'), mapping('primary_phone_number', 'Account.Phone')];
const settings = config([...USUAL, ...onAccount]);
const withAccount = { ...settings, objects: { ...settings.objects, Account: ACCOUNT } };

/** The link and the writes after the demo of the lead has made an Account with this name. */
function made(link: Link, subject: Lead, Name: string): { link: Link; writes: Write[] } {
  const transaction: SaleTransaction = {
    ...{ event: 'DemoSet', leadId: 'lead_1', recordId: 'item_1', cycle: 1, relinks: false },
    ...{ account: { ref: 'account' }, contact: undefined, opportunity: undefined },
    nodes: [
      {
        ...{ ref: 'account', object: 'Account' },
        op: { kind: 'upsert', field: 'Sellfire_Account_Key__c', key: 'lead_1' },
        fields: { Name, Phone: PHONE, Sellfire_Lead_Id__c: 'lead_1' },
      },
    ],
    ...{ made: [], heldUp: [], madeBefore: [], leftOut: [], why: [] },
  };
  const write: Write = { kind: 'saleTransaction', transaction, lead: subject, cycle: 1, contact: null, edited: [] };
  const settled = settle(withAccount, link, [{ ok: true, write, ids: { account: ACCOUNT_ID } }], 3_000);
  return { link: linkOf(settled), writes: settled.writes };
}

const creation = (Name: string, at: number) =>
  salesforceChange(
    'create',
    at,
    { Name, Phone: PHONE, Sellfire_Lead_Id__c: 'lead_1' },
    { object: 'Account', recordId: ACCOUNT_ID, user: US },
  );
const renamed = lead(
  'lead_1',
  { ...acme.fields, business_name: 'Renamed' },
  { changed_at: { ...acme.changed_at, business_name: iso(2_000) } },
);

it('has the present name of the lead, which its creation does not say was set in Salesforce', () => {
  const { link } = made(linked(), renamed, 'Renamed');
  const { writes, reports, link: after } = plan([creation('Renamed', 3_000)], { link, config: withAccount });
  expect(after?.fields['business_name']?.register).toMatchObject({ value: 'Renamed', at: 2_000, by: 'sellfire' });
  expect(writes.filter(({ kind }) => kind === 'updateInSellfire')).toEqual([]);
  expect(reports).toEqual([]);
  const edit = { business_name: { from: 'Acme Plumbing', to: 'Renamed' } };
  const late = plan([sellfireChange('lead.updated', 2_000, renamed, edit)], {
    link: linkOf({ link: after }),
    config: withAccount,
  });
  expect(late.reports).toEqual([]);
});

it('has it also where an interrupted attempt has made the Account, and the Lead was deleted since', () => {
  const ids = { lead_id: LEAD_ID, contact_id: CONTACT_ID, account_id: ACCOUNT_ID };
  const { link } = planWithReads([salesforceChange('delete', 4_000, {})], {
    link: linked(),
    config: withAccount,
    leads: [{ ...renamed, salesforce: ids }],
    recordStates: { [LEAD_ID]: { state: 'deleted' } },
    records: { [CONTACT_ID]: { ...CONTACT, Sellfire_Lead_Id__c: 'lead_1' } },
  });
  expect(link).toMatchObject({ record: { id: CONTACT_ID }, accountId: ACCOUNT_ID });
  expect(link?.fields['business_name']?.register).toMatchObject({ value: 'Renamed', at: 2_000, by: 'sellfire' });
});

it('gets an edit that came to the link while it was made', () => {
  const edited = linkOf(
    plan([salesforceChange('update', 2_500, { Company: 'Entered' })], { link: linked(), config: withAccount }),
  );
  const { writes } = made(edited, acme, 'Acme Plumbing');
  const account = writes.filter((one) => 'id' in one && one.id === ACCOUNT_ID);
  expect(account).toMatchObject([{ kind: 'updateInSalesforce', fields: { Name: 'Entered' } }]);
});

it('is alone in that: a Contact of the bridge’s own was read as the link moved to it, and its older creation says nothing', () => {
  const contact = { object: 'Contact', id: CONTACT_ID } as const;
  const link: Link = { ...linked(), record: contact, moved: { from: [], at: 3_999 } };
  const fields = { LastName: 'As it was made', Phone: PHONE, Sellfire_Lead_Id__c: 'lead_1' };
  const creation = salesforceChange('create', 3_400, fields, { object: 'Contact', recordId: CONTACT_ID, user: US });
  const { link: after, writes } = plan([creation], { link, config: withAccount });
  expect(after?.fields['last_name']).toEqual(link.fields['last_name']);
  expect(writes.filter(({ kind }) => kind === 'updateInSellfire')).toEqual([]);
});

it('is known by the event of its creation also in the second in which the link moved', () => {
  const link: Link = { ...linked(), accountId: ACCOUNT_ID, moved: { from: [], at: 3_999 } };
  const { link: after } = plan([creation('Acme Plumbing', 3_400)], { link, config: withAccount });
  expect(after?.fields['business_name']?.replicas['Account.Name']).toMatchObject({ lastKnown: 'Acme Plumbing' });
});
