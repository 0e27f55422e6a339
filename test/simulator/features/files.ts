// The rows of the files that bring records of Salesforce to Sellfire (M16, M26): of Leads and Contacts in every state, and of sales with items and
// without.
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { SYNC_RULES } from '../../../bridge/model/mapping.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import { PHASES } from '../../../bridge/model/phase.ts';
import type { SalesforceFields, SalesforceValue } from '../../../bridge/model/salesforce.ts';
import { importColumns, importFields, importRow } from '../../../bridge/sync/files/leadRow.ts';
import { saleColumns, saleFields, saleRows } from '../../../bridge/sync/files/saleRow.ts';
import { salesforceField as field, salesforceObject as object, sellfireField } from '../../helpers/fields.ts';
import { phoneOf } from '../../../bridge/sync/mapping/phone.ts';
import type { Random } from '../../sellfire/random.ts';
import { auditLeadRow, auditSaleRows, type FileMapping } from '../audit/files.ts';
import { ORG_ID } from '../configuration.ts';
import type { SimRecord } from '../saves.ts';
import { atHome, COUNTRIES, phonesOf } from '../phones.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 15;
/** What is entered in a phone field, and the code of why it is no number. */
const NO_NUMBERS = [
  ['', 'NO_PHONE'],
  [' ', 'NO_PHONE'],
  ['12', 'PHONE_INVALID'],
  ['0000000000', 'PHONE_INVALID'],
] as const;

interface Phone {
  entered: string;
  country: string;
  number: string;
}

function somePhone(random: Random): Phone {
  const country = random.pick(COUNTRIES);
  if (random.chance(0.3)) {
    const [entered, number] = random.pick(NO_NUMBERS);
    return { entered, country, number };
  }
  const number = random.pick(phonesOf(country));
  return { entered: random.chance(0.5) ? number : atHome(number, country), country, number };
}

const person = (name: 'Lead' | 'Contact') =>
  object(name, [
    field('Phone', 'phone'),
    ...['LastName', 'Title', 'City', 'Notes__c', 'Phase__c', 'AccountId'],
    field('Score__c', 'double'),
    field('Interests__c', 'multipicklist'),
    field(name === 'Lead' ? 'CountryCode' : 'MailingCountryCode'),
  ]);

const CATALOGUE = [
  sellfireField('primary_phone_number', 'phone'),
  ...['last_name', 'title', 'city', 'notes', 'phase'].map((name) => sellfireField(name)),
  sellfireField('custom_score', 'number'),
  sellfireField('custom_interests', 'multi_text'),
  sellfireField('custom_made', 'text', { read_only: true }),
  sellfireField('custom_note', 'text', { object: 'sale' }),
  sellfireField('custom_months', 'number', { object: 'sale' }),
  sellfireField('custom_seen', 'text', { object: 'sale', read_only: true }),
  sellfireField('custom_tags', 'multi_text', { object: 'sale_item' }),
];

const LINES: readonly (readonly [sellfire: string, field: string])[] = [
  ['last_name', 'LastName'],
  ['title', 'Title'],
  ['title', 'City'],
  ['notes', 'Notes__c'],
  ['phase', 'Phase__c'],
  ['custom_score', 'Score__c'],
  ['custom_interests', 'Interests__c'],
  ['custom_made', 'City'],
];

function ofPeople(simulation: Simulation): string[] {
  const { random, config } = simulation;
  const name = random.pick(['Lead', 'Contact'] as const);
  const rule = random.pick(['TwoWay', 'TwoWay', 'SalesforceUnlessBlank', 'AlwaysSellfire'] as const);
  const mapping = (sellfire: string, target: string, index: number): FieldMapping => {
    return {
      ...{ id: `a0M${index}`, sellfireObject: 'lead', sellfireField: sellfire, triggers: ['createUpdate'] },
      ...{ salesforceObject: name, salesforceField: target, rule: index === 0 ? rule : random.pick(SYNC_RULES) },
    };
  };
  const lines = LINES.filter(() => random.chance(0.7));
  const mappings = [['primary_phone_number', 'Phone'] as const, ...lines].map(([one, other], index) =>
    mapping(one, other, index),
  );
  const own: SyncConfig = {
    ...{ ...config, mappings, catalogue: CATALOGUE, country: random.pick(COUNTRIES) },
    objects: { Lead: person('Lead'), Contact: person('Contact') },
  };
  const { entered, country, number } = somePhone(random);
  const isSaid = entered === number || random.chance(0.5);
  const fields: SalesforceFields = {
    Phone: entered,
    ...Object.fromEntries(
      ['LastName', 'Title', 'City', 'Notes__c'].map((one) => [one, random.pick(['v1', ' v2 ', '', null] as const)]),
    ),
    ...{ Phase__c: random.pick([...PHASES, null]), Score__c: random.pick([2.5, 7, '12.0', '1.25E2', null]) },
    ...{ Interests__c: random.pick(['a;b', 'c', null]), AccountId: random.pick(['001000000000001AAA', null]) },
    ...(isSaid ? { [name === 'Lead' ? 'CountryCode' : 'MailingCountryCode']: country } : {}),
  };
  const known = [...simulation.dialer.leads.live()];
  const lead = known.length > 0 && random.chance(0.5) ? random.pick(known) : null;
  const row = importRow({ ...own, country: isSaid ? own.country : country }, name, '00Q000000000001AAA', fields, lead);
  const wanted = rule === 'AlwaysSellfire' ? 'PHONE_UNMAPPED' : number;
  const carried: FileMapping[] = lines.map(([column, target], index) => ({
    ...{ column, field: target, rule: mappings[index + 1]?.rule ?? '', isReadOnly: column === 'custom_made' },
  }));
  const phase = lead ? String(lead.fields['phase']) : undefined;
  const given = { object: name, id: '00Q000000000001AAA', fields, mappings: carried, phone: wanted, phase };
  const asked = importFields(own, name);
  const needed = carried.filter((one) => ['TwoWay', 'SalesforceUnlessBlank'].includes(one.rule) && !one.isReadOnly);
  const needs = [
    ...needed.map((one) => one.field),
    ...(rule === 'AlwaysSellfire' ? [] : ['Phone']),
    ...(name === 'Lead' ? ['CountryCode'] : ['MailingCountryCode', 'AccountId']),
  ];
  return [
    ...auditLeadRow(given, row, importColumns(own, name)),
    ...([...new Set(needs)].toSorted().join() === asked.toSorted().join()
      ? []
      : [`M16: ${asked.join()} are read instead of ${needs.join()}.`]),
  ];
}

function ofSale(simulation: Simulation): string[] {
  const { random, config } = simulation;
  const text = (): SalesforceValue => random.pick(['v1', ' v2', '', null] as const);
  const line = (of: 'sale' | 'sale_item' | 'lead', name: string, target: string, index: number): FieldMapping => {
    const salesforceObject = of === 'sale_item' ? 'OpportunityLineItem' : 'Opportunity';
    return {
      ...{ id: `a0M${index}`, sellfireObject: of, sellfireField: name, salesforceObject, salesforceField: target },
      ...{ rule: random.pick(SYNC_RULES), triggers: ['sale'] },
    };
  };
  const mappings = (
    [
      ['sale', 'custom_note', 'Note__c'],
      ['sale', 'custom_note', 'Other__c'],
      ['sale', 'custom_months', 'Months__c'],
      ['sale', 'custom_seen', 'Other__c'],
      ['sale', 'custom_gone', 'Other__c'],
      ['sale', 'custom_note', 'Gone__c'],
      ['sale_item', 'custom_tags', 'Tags__c'],
      ['lead', 'title', 'Note__c'],
    ] as const
  )
    .filter(() => random.chance(0.7))
    .map(([of, name, target], index) => line(of, name, target, index));
  const own: SyncConfig = {
    ...{ ...config, mappings, catalogue: CATALOGUE },
    objects: {
      Opportunity: object('Opportunity', ['Note__c', 'Other__c', field('Months__c', 'double')]),
      OpportunityLineItem: object('OpportunityLineItem', [field('Tags__c', 'multipicklist')]),
    },
  };
  const people = Array.from({ length: random.between(0, 2) }, () => somePhone(random));
  const opportunity: SalesforceFields = {
    ...{ Id: '006000000000001AAA', Name: ' Deal ', AccountId: random.pick(['001000000000001AAA', null]) },
    ...{ CloseDate: '2026-11-24', CurrencyIsoCode: random.pick(['EUR', null]) },
    ...{ Amount: random.pick(['1200.50', '12.0', null]), Note__c: text(), Other__c: text(), Months__c: '12.0' },
  };
  const items = Array.from({ length: random.between(0, 2) }, () => ({
    fields: {
      ...{ Name: 'Deal Plan', ProductCode: random.pick(['PRO', '', null]), Quantity: '2.0' },
      ...{ UnitPrice: random.pick(['7.25', '1.2E3']), Tags__c: random.pick(['a;b', null]) },
    },
    productName: random.chance(0.5) ? 'Plan' : null,
  }));
  const sale = {
    ...{ opportunity, items },
    contactId: random.chance(0.5) ? '003000000000001AAA' : null,
    repId: random.chance(0.5) ? 'rep_1' : null,
    people: people.map(({ entered, country }) => {
      const isContact = random.chance(0.5);
      const named = isContact ? { MailingCountryCode: country } : { BillingCountryCode: country };
      return { object: isContact ? ('Contact' as const) : ('Account' as const), fields: { Phone: entered, ...named } };
    }),
  };
  const known = mappings.filter(
    ({ sellfireField: name, sellfireObject, salesforceField }) =>
      sellfireObject !== 'lead' && name !== 'custom_gone' && salesforceField !== 'Gone__c',
  );
  const carried = (of: 'sale' | 'sale_item', prefix: string): FileMapping[] =>
    known
      .filter(({ sellfireObject }) => sellfireObject === of)
      .map(({ sellfireField: name, salesforceField, rule }) => ({
        ...{ column: prefix + name, field: salesforceField, rule, isReadOnly: name === 'custom_seen' },
      }));
  const phone = people.find(({ number }) => number.startsWith('+'))?.number;
  const given = { ...sale, phone, mappings: { sale: carried('sale', 'sale.'), item: carried('sale_item', 'item.') } };
  const columns = saleColumns(own);
  const rows = saleRows(own, sale);
  const names = 'code' in rows ? [] : rows.flatMap((row) => Object.keys(row));
  const asked = saleFields(own);
  const passing = (some: readonly FileMapping[]): string[] => [
    ...new Set(
      some
        .filter(({ rule, isReadOnly }) => ['TwoWay', 'SalesforceUnlessBlank'].includes(rule) && !isReadOnly)
        .map(({ column }) => column),
    ),
  ];
  const extra = columns.filter((one) => one.includes('.'));
  return [
    ...auditSaleRows(given, rows),
    ...names.filter((one) => !columns.includes(one)).map((one) => `M26: there is no column for ${one}.`),
    ...(extra.join() === [...passing(given.mappings.sale), ...passing(given.mappings.item)].join()
      ? []
      : [`M26: the mapped columns are ${extra.join()}.`]),
    ...(asked.opportunity.length + asked.item.length === extra.length
      ? []
      : ['M26: other fields are read than go out.']),
  ];
}

const PEOPLE = ['Lead', 'Contact'] as const;
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The bridge imports a record that no lead is linked with, by its file. */
async function importOne(simulation: Simulation): Promise<void> {
  const { random, org, dialer, config, store } = simulation;
  const free: SimRecord[] = [];
  for (const record of org.live())
    if (record.fields['IsConverted'] !== true && !(await store.linkOfRecord(ORG_ID, record.id))) free.push(record);
  const chosen = free.filter((one) => PEOPLE.some((object) => object === one.object));
  if (chosen.length === 0) return;
  const { id, object: name, fields } = random.pick(chosen);
  const of = PEOPLE.find((one) => one === name) ?? 'Lead';
  const phone = phoneOf(config, of, fields);
  const known = 'number' in phone ? (dialer.leads.findByPhone(phone.number) ?? null) : null;
  const row = importRow(config, of, id, fields, known);
  // A lead that has a record already is passed over.
  if ('code' in row || known?.salesforce.contact_id || known?.salesforce.lead_id) return;
  const columns = importColumns(config, of);
  const csv = [columns, columns.map((column) => row.cells[column] ?? '')]
    .map((line) => line.map(cell).join())
    .join('\n');
  const actor = { kind: 'import' as const, id: null, request_id: `bridge:import:${id}:${simulation.now}` };
  const answers: ReturnType<typeof dialer.imports.run> = [];
  simulation.during('import', () => answers.push(...dialer.imports.run(csv, actor)));
  const rows = answers.filter(({ outcome }) => outcome !== 'failed');
  await store.addReports(
    ORG_ID,
    rows.map(({ lead_id: leadId, outcome }) => ({
      ...{ occurredAt: simulation.now, direction: 'ToSellfire', outcome: 'Success', code: '', reason: '', changes: [] },
      event: outcome === 'created' ? 'LeadCreated' : 'LeadLinked',
      ...{ sellfireLeadId: leadId, salesforceObject: of, salesforceRecordId: id },
    })),
  );
  simulation.pass(random.between(1, 50));
}

export const FILES: Feature = {
  name: 'files',
  step: importOne,
  ask: (simulation) => Array.from({ length: ASKED }, () => [...ofPeople(simulation), ...ofSale(simulation)]).flat(),
};
