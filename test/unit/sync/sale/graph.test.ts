// The core decides demos and sales: the look-ups, the graph, and the link after its outcome (M20–M25).
import { describe, expect, it } from '@jest/globals';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type ContactCandidate,
  type SaleTransaction,
} from '../../../../bridge/model/saleTransaction.ts';
import type { SellfireChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { Sale } from '../../../../bridge/model/sale.ts';
import type { Settings } from '../../../../bridge/model/settings.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, iso, lead, LEAD_ID, mapping, sellfireChange, USUAL } from '../fixtures.ts';

const PHONE = '+15125550123';
const ACCOUNT_ID = '001000000000001AAA';
const OPPORTUNITY_ID = '006000000000001AAA';
const TASK_ID = '00T000000000001AAA';
const fields = { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone', city: 'Austin' };
const acme = lead('lead_1', { ...fields, phase: 'HeldPhase' });
const onLead: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };

const DEMO = [
  mapping('primary_phone_number', 'Account.Phone', 'AlwaysSellfire', { triggers: ['demoSet'] }),
  mapping('business_name', 'Account.Name', 'AlwaysSellfire', { triggers: ['demoSet'] }),
  mapping('primary_phone_number', 'Contact.Phone', 'TwoWay', { triggers: ['createUpdate', 'demoSet'] }),
  mapping('last_name', 'Contact.LastName', 'TwoWay', { triggers: ['createUpdate', 'demoSet'] }),
  mapping('business_name', 'Opportunity.Name', 'AlwaysSellfire', { triggers: ['demoSet'] }),
];
const LEADS = USUAL.filter(({ salesforceObject }) => salesforceObject === 'Lead');
const on = (settings: Partial<Settings>, extra = DEMO): SyncConfig =>
  withObjects(config([...LEADS, ...extra], settings));

function withObjects(base: SyncConfig): SyncConfig {
  return {
    ...base,
    objects: {
      ...base.objects,
      Account: salesforceObject('Account', ['Phone', 'Name']),
      Opportunity: salesforceObject('Opportunity', ['Name', 'Description']),
    },
  };
}

const demo = (subject: Lead = acme): SellfireChange => {
  const change = sellfireChange('demo.set', 5_000, subject, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } });
  const item = {
    id: 'item_1',
    lead_id: subject.id,
    rep_id: 'rep_1',
    kind: 'demo' as const,
    specific_time: true,
    start_time: '2026-12-03T15:00:00.000Z',
    state: 'planned' as const,
  };
  return { ...change, event: { ...change.event, schedule_item: item } };
};

const SALE: Sale = {
  id: 'sale_1',
  lead_id: 'lead_1',
  rep_id: 'rep_1',
  cycle: 1,
  made_at: iso(9_000),
  currency: 'USD',
  items: [
    { id: 'si_1', product_code: 'PRO', product_name: 'Pro plan', quantity: 2, unit_price: '129.50', fields: {} },
    { id: 'si_2', product_code: 'SET', product_name: 'Set-up', quantity: 1, unit_price: '300', fields: {} },
  ],
  associated_contacts: [{ first_name: 'Bo', last_name: 'Rock', phone_number: '(512) 555-0199' }],
  fields: {},
};
const sold = (sale = SALE, extra: Lead['fields'] = {}): SellfireChange => {
  const change = sellfireChange('sale.made', 9_000, lead('lead_1', { ...fields, ...extra, phase: 'Customer' }), {
    phase: { from: 'PostHoldPhase', to: 'Customer' },
  });
  return { ...change, event: { ...change.event, sale } };
};
const SALE_MAPPED = [
  ...DEMO,
  mapping('business_name', 'Account.Name', 'AlwaysSellfire', { id: 'x', triggers: ['sale'] }),
];

/** A Contact that has the lead's phone. */
const contact = (id: string, lastName: string, firstName: string | null = null): ContactCandidate => ({
  id,
  lastName,
  firstName,
  leadId: null,
  phone: PHONE,
  country: null,
});

/** The answers of the org; by default nothing exists. */
function found(
  answers: {
    accounts?: 'none' | 'one';
    contact?: string;
    opportunity?: string;
    products?: boolean;
    items?: string;
  } = {},
): Found {
  const { sale, ...rest } = nothingFound();
  const account = { id: ACCOUNT_ID, name: 'Acme Plumbing', city: null, phone: PHONE, country: null, key: null };
  const accounts = answers.accounts === 'one' ? [account] : [];
  sale.accounts.set(accountsKey({ phone: PHONE, name: 'Acme Plumbing' }), accounts);
  sale.contacts.set(
    contactsKey({ accountId: ACCOUNT_ID, phone: PHONE }),
    answers.contact ? [contact(answers.contact, 'Stone')] : [],
  );
  sale.contacts.set(contactsKey({ accountId: ACCOUNT_ID, phone: '+15125550199' }), []);
  sale.keyed.set(recordKey({ object: 'Opportunity', field: '', key: 'lead_1:1' }), answers.opportunity ?? null);
  for (const item of SALE.items) {
    sale.keyed.set(recordKey({ object: 'OpportunityLineItem', field: '', key: item.id }), answers.items ?? null);
    const product = { code: item.product_code, name: item.product_name };
    const price = { entryId: `01u${item.product_code}`, pricebookId: '01s000000000001AAA', ...product };
    sale.prices.set(priceKey(product), answers.products === false ? [] : [price]);
  }
  return { ...rest, sale };
}

/** Answers look-ups until there is a plan; by default nothing exists. */
function plan(change: SellfireChange, settings: SyncConfig, answers: Found, link: Link | null = onLead): Plan {
  const { lead } = change.event;
  if (lead) answers.leads.set(lead.id, lead);
  for (let round = 0; round < 4; round += 1) {
    const situation = { changes: [change], link: link ?? undefined, config: settings, found: answers };
    const decision = decide({ ...situation, maybeApplied: false });
    if ('plan' in decision) return decision.plan;
    const { contacts, keyed } = decision.needs.sale;
    for (const one of contacts) answers.sale.contacts.set(contactsKey(one), []);
    for (const one of keyed) answers.sale.keyed.set(recordKey(one), null);
  }
  throw new Error('no plan');
}
const transactionOf = ({ writes }: Plan): SaleTransaction => {
  const write = writes.find((one) => one.kind === 'saleTransaction');
  if (!write) throw new Error('no transaction');
  return write.transaction;
};
const node = (transaction: SaleTransaction, ref: string): SaleTransaction['nodes'][number] | undefined =>
  transaction.nodes.find((one) => one.ref === ref);

describe('a demo (M20, M21)', () => {
  it('creates nothing while all its settings are off', () => {
    expect(plan(demo(), on({}), nothingFound()).writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
  });

  it('looks up the Accounts first', () => {
    const decision = decide({
      changes: [demo()],
      link: onLead,
      config: on({ opportunityAtDemo: true }),
      found: nothingFound(),
      maybeApplied: false,
    });
    expect(decision).toMatchObject({ needs: { sale: { accounts: [{ phone: PHONE, name: 'Acme Plumbing' }] } } });
  });

  it('creates Account, Contact and Opportunity, each by a key, with the demo’s date and the stage of the settings (M12)', () => {
    const transaction = transactionOf(plan(demo(), on({ opportunityAtDemo: true, demoStage: 'Discovery' }), found()));
    expect(node(transaction, 'account')).toMatchObject({
      op: { kind: 'upsert', key: 'lead_1' },
      fields: { Name: 'Acme Plumbing', Phone: PHONE },
    });
    expect(node(transaction, 'contact')).toMatchObject({
      op: { kind: 'upsert', key: 'lead_1' },
      fields: { LastName: 'Stone', AccountId: { ref: 'account' } },
    });
    expect(node(transaction, 'opportunity')).toMatchObject({
      op: { kind: 'upsert', field: 'Sellfire_Opportunity_Key__c', key: 'lead_1:1' },
      fields: {
        Name: 'Acme Plumbing',
        CloseDate: '2026-12-03',
        StageName: 'Discovery',
        AccountId: { ref: 'account' },
        ContactId: { ref: 'contact' },
      },
    });
  });

  it('gives the records that it creates the record types of the settings, and refuses in words one that cannot be given (B15)', () => {
    const typed = on({ opportunityAtDemo: true });
    const withTypes = (types: Record<string, object>): SyncConfig => ({
      ...typed,
      objects: Object.fromEntries(
        Object.entries(typed.objects).map(([name, object]) => [name, { ...object, ...types[name] }]),
      ),
    });
    const types = { Account: { newRecordTypeId: '012A' }, Opportunity: { newRecordTypeId: '012O' } };
    const created = transactionOf(plan(demo(), withTypes(types), found()));
    expect(created.nodes.map(({ ref, fields }) => [ref, fields['RecordTypeId']])).toEqual([
      ['account', '012A'],
      ['contact', undefined],
      ['opportunity', '012O'],
    ]);
    const connected = transactionOf(plan(demo(), withTypes(types), found({ accounts: 'one', contact: CONTACT_ID })));
    expect(connected.nodes.filter(({ fields }) => 'RecordTypeId' in fields).map(({ ref }) => ref)).toEqual([
      'opportunity',
    ]);
    const problem = { recordTypeProblem: { wanted: 'Big', why: 'inactive', available: ['Small'] } };
    const refused = plan(demo(), withTypes({ Opportunity: problem }), found());
    expect(refused.writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
    expect(refused.reports).toMatchObject([{ outcome: 'Failed', code: 'RECORD_TYPE_UNAVAILABLE' }]);
  });

  it('that is repeated leaves the Opportunity as people have it now', () => {
    const transaction = transactionOf(
      plan(
        demo(),
        on({ opportunityAtDemo: true }),
        found({ accounts: 'one', contact: CONTACT_ID, opportunity: OPPORTUNITY_ID }),
      ),
    );
    expect(node(transaction, 'opportunity')).toBeUndefined();
    expect(transaction.opportunity).toEqual({ id: OPPORTUNITY_ID });
  });

  it('names the mappings that it lacks, and creates nothing', () => {
    const { writes, reports } = plan(demo(), on({ opportunityAtDemo: true }, DEMO.slice(1)), found());
    expect(writes.some(({ kind }) => kind === 'saleTransaction')).toBe(false);
    expect(reports).toMatchObject([
      {
        event: 'DemoSet',
        outcome: 'Failed',
        code: 'REQUIRED_UNMAPPED',
        reason: expect.stringContaining('primary_phone_number → Account Phone'),
      },
    ]);
  });

  it('moves the link from the Lead to the Contact when that is on, and only then', () => {
    for (const connectionUpdate of [true, false]) {
      const settings = on({ opportunityAtDemo: true, connectionUpdate });
      const made = plan(demo(), settings, found());
      const write = made.writes.find(({ kind }) => kind === 'saleTransaction') as Write;
      const ids = { account: ACCOUNT_ID, contact: CONTACT_ID, opportunity: OPPORTUNITY_ID };
      const settled = settle(settings, made.link, [{ ok: true, write, ids }], 5_000);
      expect(settled.link?.accountId).toBe(ACCOUNT_ID);
      expect(settled.link?.record).toEqual(connectionUpdate ? { object: 'Contact', id: CONTACT_ID } : onLead.record);
      expect(settled.reports).toMatchObject([
        { event: 'DemoSet', outcome: 'Success', salesforceRecordId: OPPORTUNITY_ID },
      ]);
    }
  });

  it.each([
    [
      'of its own call',
      'item_1',
      [{ object: 'Task', id: TASK_ID, fields: { WhoId: CONTACT_ID }, sellfireRecordId: 'act_1' }],
    ],
    ['of another call', 'item_0', []],
  ])('that is received after a call takes the Task %s along to the Contact (M29)', (_whose, about, moved) => {
    const link = { ...onLead, lastTask: { id: TASK_ID, about, activityId: 'act_1' } };
    const settings = on({ opportunityAtDemo: true, connectionUpdate: true });
    const made = plan(demo(), settings, found(), link);
    const write = made.writes.find(({ kind }) => kind === 'saleTransaction') as Write;
    const ids = { account: ACCOUNT_ID, contact: CONTACT_ID, opportunity: OPPORTUNITY_ID };
    const settled = settle(settings, made.link, [{ ok: true, write, ids }], 5_000);
    const ofTasks = settled.writes.filter((one) => one.kind === 'updateInSalesforce' && one.object === 'Task');
    expect(ofTasks).toMatchObject(moved);
    expect(settled.link?.lastTask).toBeUndefined();
  });

  it('of an unconnected lead creates its Contact in the same transaction, and no other', () => {
    const { writes } = plan(demo(), on({ opportunityAtDemo: true }), found(), null);
    expect(writes.map(({ kind }) => kind)).toEqual(['saleTransaction']);
  });
});

describe('a sale (M22–M25)', () => {
  const settings = on({}, SALE_MAPPED);

  it('waits for a mapping on the sale trigger', () => {
    expect(plan(sold(), on({}), nothingFound()).writes.some(({ kind }) => kind === 'saleTransaction')).toBe(false);
  });

  it('is one graph: Account, a Contact for every person, the Opportunity won, an item for each thing sold (M12)', () => {
    const transaction = transactionOf(plan(sold(), settings, found()));
    expect(transaction.nodes.map(({ ref }) => ref)).toEqual([
      'account',
      'contact',
      'person_1',
      'opportunity',
      'item_1',
      'item_2',
    ]);
    expect(node(transaction, 'person_1')).toMatchObject({
      object: 'Contact',
      op: { kind: 'upsert', field: 'Sellfire_Contact_Key__c', key: expect.stringMatching(/^[0-9a-f]{32}$/) },
      fields: { LastName: 'Rock', Phone: '+15125550199', AccountId: { ref: 'account' } },
    });
    expect(node(transaction, 'opportunity')).toMatchObject({
      fields: { StageName: 'Closed Won', Pricebook2Id: '01s000000000001AAA' },
    });
    expect(node(transaction, 'item_1')).toMatchObject({
      op: { kind: 'upsert', key: 'si_1' },
      fields: { Quantity: 2, UnitPrice: 129.5, PricebookEntryId: '01uPRO', OpportunityId: { ref: 'opportunity' } },
    });
  });

  it('wins the Opportunity that the demo of this cycle created', () => {
    const transaction = transactionOf(
      plan(sold(), settings, found({ accounts: 'one', contact: CONTACT_ID, opportunity: OPPORTUNITY_ID })),
    );
    expect(node(transaction, 'opportunity')).toMatchObject({
      op: { kind: 'update', id: OPPORTUNITY_ID },
      fields: { StageName: 'Closed Won' },
    });
    expect(node(transaction, 'opportunity')).not.toHaveProperty('fields.ContactId');
    expect(node(transaction, 'contact')).toMatchObject({
      op: { kind: 'update', id: CONTACT_ID },
      fields: { Sellfire_Lead_Id__c: 'lead_1' },
    });
  });

  it('that is repeated creates no duplicate: existing items get the current numbers', () => {
    const again = found({
      accounts: 'one',
      contact: CONTACT_ID,
      opportunity: OPPORTUNITY_ID,
      items: '00k000000000001AAA',
    });
    const transaction = transactionOf(plan(sold(), settings, again));
    expect(node(transaction, 'item_1')).toEqual(
      expect.objectContaining({
        op: { kind: 'update', id: '00k000000000001AAA' },
        fields: { Quantity: 2, UnitPrice: 129.5 },
      }),
    );
  });

  it('with a product that Salesforce does not have is not written at all, and the report names the remedy', () => {
    const { writes, reports } = plan(sold(), settings, found({ products: false }));
    expect(writes.some(({ kind }) => kind === 'saleTransaction')).toBe(false);
    expect(reports).toMatchObject([
      { event: 'Sale', outcome: 'Failed', code: 'PRODUCT_MISSING', reason: expect.stringContaining('Pro plan (PRO)') },
    ]);
  });

  it('that is received after its call takes the Task of the call along to the Contact (M29)', () => {
    const link = { ...onLead, lastTask: { id: TASK_ID, about: 'Sale' } };
    const relinking = on({ connectionUpdate: true }, SALE_MAPPED);
    const made = plan(sold(), relinking, found(), link);
    const write = made.writes.find(({ kind }) => kind === 'saleTransaction') as Write;
    const ids = { account: ACCOUNT_ID, contact: CONTACT_ID, opportunity: OPPORTUNITY_ID };
    const settled = settle(relinking, made.link, [{ ok: true, write, ids }], 9_000);
    expect(settled.link?.record).toEqual({ object: 'Contact', id: CONTACT_ID });
    expect(settled.writes).toContainEqual(
      expect.objectContaining({ object: 'Task', id: TASK_ID, fields: { WhoId: CONTACT_ID } }),
    );
  });

  it('that Salesforce refuses is reported with its message, and changes nothing of the link', () => {
    const made = plan(sold(), settings, found());
    const write = made.writes.find(({ kind }) => kind === 'saleTransaction') as Write;
    const fault = {
      class: 'record' as const,
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'OpportunityLineItem: Price must be 0 to 100.',
      fields: ['UnitPrice'],
      unknownOutcome: false,
    };
    const settled = settle(settings, made.link, [{ ok: false, write, fault }], 9_000);
    expect(settled.reports).toMatchObject([
      {
        event: 'Sale',
        outcome: 'Failed',
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        reason: expect.stringContaining('UnitPrice'),
      },
    ]);
    expect(settled.link?.accountId).toBeUndefined();
  });
});

describe('the people of a sale (M24)', () => {
  const person = (first_name: string | null, last_name: string, phone_number: string | null = '512-555-0123') => ({
    first_name,
    last_name,
    phone_number,
  });
  type People = Sale['associated_contacts'];
  const settings = on({}, SALE_MAPPED);
  const sellTo = (associated_contacts: People, answers = found(), own: Lead['fields'] = {}): SaleTransaction =>
    transactionOf(plan(sold({ ...SALE, associated_contacts }, own), settings, answers));
  const peopleIn = ({ nodes }: SaleTransaction) => nodes.filter(({ ref }) => ref.startsWith('person_'));
  const namesIn = (transaction: SaleTransaction) => peopleIn(transaction).map(({ fields }) => fields['LastName']);
  const keyOf = (one: SaleTransaction['nodes'][number] | undefined): string =>
    one?.op.kind === 'upsert' ? one.op.key : '';
  const keysOf = (people: People): string[] => peopleIn(sellTo(people)).map(keyOf);
  const BO = '003000000000002AAA';

  it('who share a phone, with each other or with the lead, are each a Contact of their own', () => {
    const people = [person('Al', 'Aa'), person('Bo', 'Bb'), person(null, 'Cc'), person('Cy', 'Aa')];
    expect(namesIn(sellTo(people))).toEqual(['Aa', 'Bb', 'Cc', 'Aa']);
    expect(new Set(keysOf(people)).size).toBe(4);
  });

  it('are the same in every sale, however phone and name are written, and no two long names are one', () => {
    expect(keysOf([person('Bo', 'Rock', '(512) 555-0199')])).toEqual(
      keysOf([person(' bo', 'ROCK ', '+1 512 555 0199')]),
    );
    const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3);
    expect(
      new Set(keysOf([person('A', long, null), person('B', long, null), person('A', `${long}a`, null)])).size,
    ).toBe(3);
    expect(keysOf([person('Bo', 'Rock'), person('BO', 'rock')])).toHaveLength(1);
  });

  it('have the lead’s own Contact where one has its phone and name', () => {
    const own = { first_name: 'Ann' };
    expect(namesIn(sellTo([person('ann', 'STONE'), person('Bob', 'Stone')], found(), own))).toEqual(['Stone']);
    expect(namesIn(sellTo([person(null, 'Stone')], found(), own))).toEqual([]);
    expect(namesIn(sellTo([person('Ann', 'Stone')]))).toEqual([]);
    const accented = { first_name: 'José', last_name: 'de  la Peña' };
    expect(
      namesIn(sellTo([person('José'.normalize('NFD'), 'De la Peña'.normalize('NFD'))], found(), accented)),
    ).toEqual([]);
    // Of two candidates for the lead, neither is matched.
    expect(namesIn(sellTo([person('Ann', 'Stone'), person('Bob', 'Stone')]))).toEqual(['Stone', 'Stone']);
    expect(namesIn(sellTo([person('Ann', 'Stone', '512-555-0777')], found(), own))).toEqual(['Stone']);
  });

  it('are not given a Contact that is somebody else’s: the lead’s, another person’s, or one of another first name', () => {
    const there = (...contacts: ContactCandidate[]): Found => {
      const answers = found({ accounts: 'one' });
      answers.sale.contacts.set(contactsKey({ accountId: ACCOUNT_ID, phone: PHONE }), contacts);
      return answers;
    };
    const bo = contact(BO, 'Rock', 'Bo');
    expect(namesIn(sellTo([person('Di', 'Rock')], there(bo)))).toEqual(['Rock']);
    expect(peopleIn(sellTo([person('Bo', 'Rock')], there(bo)))).toEqual([]);
    expect(peopleIn(sellTo([person('Bo', 'Rock'), person('Di', 'Rock')], there(contact(BO, 'Rock'))))).toHaveLength(1);
    const lone = contact(BO, 'Stone', 'Bob');
    const both = sellTo([person('Bob', 'Stone')], there(lone), { first_name: 'Ann' });
    expect(node(both, 'contact')?.op.kind).toBe('upsert');
    expect(peopleIn(both)).toEqual([]);
  });

  it('are found by what an earlier sale made of them, and keep what people have made of it since', () => {
    const people = [person('Bo', 'Rock')];
    const answers = found({ accounts: 'one' });
    answers.sale.keyed.set(recordKey({ object: 'Contact', field: '', key: keysOf(people)[0] ?? '' }), BO);
    expect(peopleIn(sellTo(people, answers))).toEqual([]);
  });

  it('carry what is mapped of them', () => {
    const numbers = mapping('last_name', 'Contact.Title', 'AlwaysSellfire', {
      sellfireObject: 'associated_contact',
      triggers: ['sale'],
    });
    const base = on({}, [...SALE_MAPPED, numbers]);
    const [own] = base.catalogue.filter(({ name }) => name === 'last_name');
    if (!own) throw new Error('no field');
    const catalogue = [...base.catalogue, { ...own, object: 'associated_contact' as const }];
    const { nodes } = transactionOf(plan(sold(), { ...base, catalogue }, found()));
    expect(nodes.find(({ ref }) => ref === 'person_1')?.fields).toMatchObject({ Title: 'Rock' });
    expect(nodes.find(({ ref }) => ref === 'contact')?.fields).not.toHaveProperty('Title');
  });

  it('have numbers of the lead’s country, whether or not a mapping carries them', () => {
    const base = on({}, [
      ...SALE_MAPPED,
      mapping('phone_number', 'Contact.Phone', 'AlwaysSellfire', {
        sellfireObject: 'associated_contact',
        triggers: ['sale'],
      }),
    ]);
    const number = sellfireField('phone_number', 'phone', { object: 'associated_contact' });
    const sale = { ...SALE, associated_contacts: [person('Bo', 'Rock', '020 7946 0018')] };
    const own = { primary_phone_number: '+442079460019', country: 'United Kingdom' };
    for (const catalogue of [base.catalogue, [...base.catalogue, number]]) {
      const answers = found();
      answers.sale.accounts.set(accountsKey({ phone: '+442079460019', name: 'Acme Plumbing' }), []);
      const { nodes } = transactionOf(plan(sold(sale, own), { ...base, catalogue }, answers));
      expect(nodes.find(({ ref }) => ref === 'person_1')?.fields).toMatchObject({ Phone: '+442079460018' });
    }
  });
});
