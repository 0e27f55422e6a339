// A sale that is made again after an interrupted attempt, and what the events of both say of its Contact (I12).
import { describe, expect, it } from '@jest/globals';
import type { Change, CommandChange } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField, sellfireField } from '../../../helpers/fields.ts';
import { CONTACT_ID, lead, mapping, salesforceChange, sellfireChange, SOMEBODY, US, USUAL } from '../fixtures.ts';
import { ACCOUNT_ID, answer, fields, linked, on, onSale, PHONE, SALE, sell, writeOf } from './soldLead.ts';

const OTHER = '+15125550199';
const settings = on([
  mapping('primary_phone_number', 'Contact.Phone', 'TwoWay', { triggers: ['createUpdate', 'sale'] }),
]);
const ofContact = { object: 'Contact', recordId: CONTACT_ID } as const;

/** The link after the second attempt at the sale. */
function soldAgain(): Link {
  const plan = sell(settings, { link: null, maybeApplied: true });
  const ids = { account: ACCOUNT_ID, contact: CONTACT_ID };
  const { link } = settle(settings, plan.link, [{ ok: true, write: writeOf(plan), ids }], 9_000, true);
  if (!link) throw new Error('no link');
  return { ...link, revision: 1 };
}

function plan(changes: Change[], phone: string): Plan {
  const found = nothingFound();
  const salesforce = { lead_id: null, contact_id: CONTACT_ID, account_id: ACCOUNT_ID };
  found.leads.set('lead_1', lead('lead_1', fields, { salesforce }));
  const record = { createdAt: 9_000, at: 9_300, user: US };
  found.records.set(CONTACT_ID, { ...record, fields: { Phone: phone, LastName: 'Stone' } });
  found.records.set(ACCOUNT_ID, { ...record, fields: {} });
  const decision = decide({ changes, link: soldAgain(), config: settings, found, maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

it('overwrites an edit between the two attempts for a moment only: what is read then is the write of the second', () => {
  const made = { Phone: PHONE, LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
  const created = salesforceChange('create', 9_000, made, { ...ofContact, user: US });
  const edited = salesforceChange('update', 9_100, { Phone: OTHER }, { ...ofContact, user: SOMEBODY });
  const compared: CommandChange = {
    ...{ source: 'request', eventId: 'request_1:0', at: 9_300, leadId: 'lead_1' },
    record: { object: 'Contact', id: CONTACT_ID },
    command: { kind: 'compare', create: false },
  };
  const { writes } = plan([created, edited, compared], PHONE);
  expect(writes).toContainEqual(expect.objectContaining({ kind: 'updateInSalesforce', fields: { Phone: OTHER } }));
  expect(writes).toContainEqual(
    expect.objectContaining({ kind: 'updateInSellfire', fields: { primary_phone_number: OTHER } }),
  );
});

it('is not made again for a lead whose record was deleted meanwhile, and of which no event has arrived', () => {
  const change = sellfireChange('sale.made', 9_000, lead('lead_1', { ...fields, phase: 'Customer' }), {});
  const found = nothingFound();
  found.leads.set('lead_1', change.event.lead);
  for (let rounds = 1; rounds < 6; rounds += 1) {
    const changes = [{ ...change, event: { ...change.event, sale: SALE } }];
    const decision = decide({ changes, link: linked, config: settings, found, maybeApplied: true });
    if ('plan' in decision) {
      const { writes, reports } = decision.plan;
      expect(writes).toEqual([]);
      expect(reports).toMatchObject([
        { event: 'LeadDeleted', code: 'LINK_ENDED' },
        { event: 'Sale', outcome: 'Skipped', code: 'LINK_ENDED' },
      ]);
      return;
    }
    answer(decision, found, {});
    found.recordStates.set(CONTACT_ID, { state: 'deleted' });
  }
  throw new Error('no plan');
});

const longNames = { ...fields, business_name: 'Acme '.repeat(60) };
/** The keys of what the attempt has made. */
const present = ['lead_1:1', 'si_1', 'si_2'];

it('says which names were shortened where the attempt before has made the records (M22)', () => {
  const cut = (maybeApplied: boolean, there = [...present, 'lead_1']): unknown[] => {
    const answers = { present: there, newAccount: true };
    const write = writeOf(
      sell(
        { ...on([]), mappings: [...USUAL, onSale('lead', 'phase', 'Opportunity.Phase__c')] },
        { answers, link: null, lead: longNames, maybeApplied },
      ),
    );
    return write.transaction.leftOut.map(({ object, why }) => [object, why.code]);
  };
  const [account, opportunity] = [
    ['Account', 'VALUE_CUT'],
    ['Opportunity', 'VALUE_CUT'],
  ];
  expect(cut(true)).toEqual([account, opportunity]);
  expect(cut(true, [])).toEqual([account, opportunity]);
  // They are of an earlier demo, whose rows said so.
  expect(cut(false)).toEqual([]);
});

describe('whose lead was deleted after the attempt', () => {
  const ended: Link = { ...linked, ended: { by: 'sellfire', at: 9_500 } };
  const rows = (there: string[], maybeApplied: boolean) => {
    const { writes, reports } = sell(on([]), {
      link: ended,
      answers: { present: there },
      lead: longNames,
      maybeApplied,
    });
    expect(writes).toEqual([]);
    return reports.map(({ outcome, code, salesforceRecordId }) => [outcome, code, salesforceRecordId]);
  };

  it('is reported as made, with what was shortened, where it is there (M31)', () => {
    expect(rows(present, true)).toEqual([
      ['Success', '', 'lead_1:1'],
      // Of the Account, whose name a mapping writes, and of the Opportunity.
      ['Success', 'VALUE_CUT', null],
      ['Success', 'VALUE_CUT', null],
    ]);
  });

  it('connects its Account where it is there, which is the lead’s if the link resumes (M23)', () => {
    const { accountId: _, ...unconnected } = ended;
    const accountOf = (there: string[]): string | undefined =>
      sell(on([]), { link: unconnected, answers: { present: there }, maybeApplied: true }).link?.accountId;
    expect(accountOf(present)).toBe(ACCOUNT_ID);
    expect(accountOf([])).toBeUndefined();
  });

  it('is skipped where nothing of it is there, or not all of its items, as it is without an attempt', () => {
    const skipped = [['Skipped', 'LINK_ENDED', CONTACT_ID]];
    expect(rows([], true)).toEqual(skipped);
    expect(rows(['lead_1:1', 'si_1'], true)).toEqual(skipped);
    expect(rows(present, false)).toEqual(skipped);
  });
});

it('gives the Contact of the attempt before what was edited in the lead since', () => {
  const both = { triggers: ['createUpdate' as const] };
  const config = on([...settings.mappings, mapping('title', 'Contact.Title', 'TwoWay', both)]);
  const holding = { ...fields, title: 'Owner' };
  const write = writeOf(sell(config, { link: null, lead: holding, maybeApplied: true }));
  const nodes = write.transaction.nodes.filter(({ ref }) => ref !== 'contact');
  const transaction = { ...write.transaction, contact: { id: CONTACT_ID }, nodes };
  const held = { Phone: PHONE, LastName: 'Stone', Title: 'Buyer', Sellfire_Lead_Id__c: 'lead_1' };
  const contact = { createdAt: 9_000, at: 9_000, user: US, fields: held };
  const ids = { account: ACCOUNT_ID, contact: CONTACT_ID };
  const writes = (edited: string[]) =>
    settle(config, undefined, [{ ok: true, write: { ...write, transaction, contact, edited }, ids }], 9_000, true)
      .writes;
  const given = expect.objectContaining({ id: CONTACT_ID, fields: expect.objectContaining({ Title: 'Owner' }) });
  expect(writes(['title'])).toContainEqual(given);
  expect(writes([])).not.toContainEqual(given);
});

it('gives its Contact the default of a field that nobody has set, which is no edit of Salesforce, whatever its clock says', () => {
  const seen = sellfireField('custom_seen', 'checkbox');
  const both = { triggers: ['createUpdate' as const, 'sale' as const] };
  const base = on([...settings.mappings, mapping('custom_seen', 'Contact.Seen__c', 'TwoWay', both)]);
  const described = base.objects['Contact'];
  if (!described) throw new Error('There is no Contact.');
  const known = { ...described, fields: { ...described.fields, Seen__c: salesforceField('Seen__c', 'boolean') } };
  const config = { ...base, catalogue: [...base.catalogue, seen], objects: { ...base.objects, Contact: known } };
  const holding = { ...fields, custom_seen: false };
  const write = writeOf(sell(config, { link: null, lead: holding }));
  const { custom_seen: _, ...times } = write.lead.changed_at;
  const sold = { ...write, lead: { ...write.lead, changed_at: times } };
  const ids = { account: ACCOUNT_ID, contact: CONTACT_ID };
  const { link } = settle(config, undefined, [{ ok: true, write: sold, ids }], 9_000);
  const made = { Phone: PHONE, LastName: 'Stone', Seen__c: false, Sellfire_Lead_Id__c: 'lead_1' };
  const created = salesforceChange('create', 60_000, made, { ...ofContact, user: US });
  const salesforce = { lead_id: null, contact_id: CONTACT_ID, account_id: ACCOUNT_ID };
  const now = lead('lead_1', { ...holding, custom_seen: true, phase: 'Customer' }, { salesforce });
  const edited = sellfireChange('lead.updated', 9_500, now, { custom_seen: { from: false, to: true } });
  const decision = decide({ changes: [created, edited], link, config, found: nothingFound(), maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  expect(decision.plan.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Seen__c: true } }]);
});
