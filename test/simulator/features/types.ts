// Mapped fields that are no texts (M5, M8): days, moments, numbers, amounts, truths, choices, lists, addresses and long texts, with values that
// do not fit the other side. People change them in both systems.
import type { SellfireFieldType, SellfireValue } from '../../../bridge/model/field.ts';
import type { FieldMapping, SyncRule } from '../../../bridge/model/mapping.ts';
import type { SalesforceValue } from '../../../bridge/model/salesforce.ts';
import { fieldDef, picklist, type FieldInput } from '../../salesforce/fields.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import { addField, described } from '../schema.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

interface Kind {
  sellfire: string;
  /** Set where the Field Manager has to make the field. */
  made?: SellfireFieldType;
  salesforce: FieldInput;
  /** What people enter on each side: values that pass, that change on the way, and that the other side refuses. */
  inSellfire: readonly SellfireValue[];
  inSalesforce: readonly SalesforceValue[];
}

const DAYS = ['2026-02-28', '2026-03-01', '2027-01-01', null];
/** Of one day in UTC, and of others where people are. */
const MOMENTS = ['2026-03-01T00:30:00.000Z', '2026-03-01T09:00:00.250Z', '2026-03-01T23:30:00.000Z', null];
const INDUSTRY = [
  { value: 'fin', label: 'Financial Services', active: true, defaultValue: false },
  ...picklist(['Retail', 'Legal', 'Oil']),
];

const KINDS: readonly Kind[] = [
  {
    sellfire: 'custom_contract_end',
    salesforce: { name: 'Ends_On__c', type: 'date' },
    inSellfire: DAYS,
    inSalesforce: DAYS,
  },
  {
    sellfire: 'custom_visit_at',
    made: 'datetime',
    salesforce: { name: 'Visit_At__c', type: 'datetime' },
    inSellfire: MOMENTS,
    inSalesforce: MOMENTS,
  },
  {
    sellfire: 'custom_seen_at',
    made: 'datetime',
    salesforce: { name: 'Seen_On__c', type: 'date' },
    inSellfire: MOMENTS,
    inSalesforce: DAYS,
  },
  {
    sellfire: 'custom_renews_on',
    made: 'date',
    salesforce: { name: 'Renews_At__c', type: 'datetime' },
    inSellfire: DAYS,
    inSalesforce: MOMENTS,
  },
  {
    sellfire: 'custom_score',
    salesforce: { name: 'Score__c', type: 'double', precision: 4, scale: 1 },
    inSellfire: [1, 2.5, 2.25, -2.25, 99_999, null],
    inSalesforce: [1, 2.3, 7.05, null],
  },
  {
    sellfire: 'employees',
    salesforce: { name: 'NumberOfEmployees', type: 'int', precision: 8 },
    inSellfire: [3, 12, 3.5, null],
    inSalesforce: [3, 40, null],
  },
  {
    sellfire: 'annual_revenue',
    salesforce: { name: 'AnnualRevenue', type: 'currency', precision: 18, scale: 2 },
    inSellfire: [10.5, 10.55, 0, null],
    inSalesforce: [10.5, 10.555, 1e15, null],
  },
  {
    sellfire: 'do_not_call',
    salesforce: { name: 'DoNotCall', type: 'boolean' },
    inSellfire: [true, false],
    inSalesforce: [true, false],
  },
  {
    sellfire: 'custom_interests',
    salesforce: {
      name: 'Interests__c',
      type: 'multipicklist',
      length: 4_099,
      restrictedPicklist: true,
      picklistValues: picklist(['Payments', 'Scheduling', 'Reporting', 'Other']),
    },
    inSellfire: [['Scheduling', 'Payments'], ['Reporting'], ['Payroll'], null],
    inSalesforce: ['Scheduling;Payments', 'reporting', 'Payments;Other', null],
  },
  {
    sellfire: 'website',
    salesforce: { name: 'Website', type: 'url', length: 30 },
    inSellfire: ['https://a.example', 'b.example', 'https://a-far-longer-address.example/home', null],
    inSalesforce: ['https://a.example', 'no address', null],
  },
  {
    sellfire: 'notes',
    salesforce: { name: 'Notes__c', type: 'textarea', length: 40 },
    inSellfire: ['Call later.', 'One\nTwo', 'A note that says more than its field can hold.', null],
    inSalesforce: ['Call later.', 'One\r\nTwo', ' Three ', null],
  },
  {
    sellfire: 'industry',
    salesforce: { name: 'Industry', type: 'picklist', restrictedPicklist: true, picklistValues: INDUSTRY },
    inSellfire: ['Financial Services', 'Retail', 'Fitness', null],
    inSalesforce: ['fin', 'Legal', 'Oil', null],
  },
  {
    sellfire: 'custom_nickname',
    salesforce: { name: 'Nickname__c', type: 'string', length: 10 },
    inSellfire: ['Al', 'Alexandrina', null],
    inSalesforce: ['Al', 'Bo', null],
  },
  {
    sellfire: 'custom_locations',
    salesforce: { name: 'Locations__c', type: 'textarea', length: 255 },
    inSellfire: [['Austin', 'Berlin'], ['Bonn; Köln'], null],
    inSalesforce: ['Austin\nBerlin', 'London', null],
  },
  {
    sellfire: 'custom_code',
    made: 'text',
    salesforce: { name: 'Code__c', type: 'double', precision: 18, scale: 2 },
    inSellfire: ['12', '12.50', 'a dozen', null],
    inSalesforce: [12, 12.5, null],
  },
];

const RULES: readonly SyncRule[] = ['TwoWay', 'TwoWay', 'AlwaysSellfire', 'SalesforceUnlessBlank'];
const OBJECTS = ['Lead', 'Contact'] as const;
/** So that edits of one field meet. */
const MOST = 4;

/** Those that the history has. */
const kindsOf = ({ config }: Simulation): Kind[] =>
  KINDS.filter(({ salesforce }) => config.objects['Lead']?.fields[salesforce.name] !== undefined);

function begin(simulation: Simulation): void {
  const { random, dialer, org, timeZone, config } = simulation;
  const rest = [...KINDS];
  const chosen = Array.from({ length: MOST }, () => rest.splice(random.between(0, rest.length - 1), 1)).flat();
  const mappings: FieldMapping[] = [];
  const objects = { ...config.objects };
  for (const { sellfire, made, salesforce } of chosen) {
    if (made)
      dialer.addField(
        { object: 'lead', name: sellfire, label: sellfire, type: made },
        { kind: 'system', id: null, request_id: null },
      );
    const rule = random.pick(RULES);
    for (const object of OBJECTS) {
      addField(org.schema, object, fieldDef(salesforce));
      const known = objects[object];
      if (!known) continue;
      const field = described(fieldDef(salesforce), timeZone);
      objects[object] = { ...known, fields: { ...known.fields, [field.name]: field } };
      mappings.push({
        id: `a0M_${object}.${field.name}`,
        sellfireObject: 'lead',
        sellfireField: sellfire,
        salesforceObject: object,
        salesforceField: field.name,
        rule,
        triggers: ['createUpdate'],
      });
    }
  }
  configure(simulation, { mappings, objects, catalogue: dialer.catalogue.list() });
}

function edit(simulation: Simulation): void {
  const { random, dialer, org } = simulation;
  const kind = random.pick(kindsOf(simulation));
  const leads = [...dialer.leads.live()];
  const records = org
    .live()
    .filter(({ object, fields }) => OBJECTS.some((one) => one === object) && !fields['IsConverted']);
  if (random.chance(0.5)) {
    if (leads.length === 0) return;
    const fields = { [kind.sellfire]: random.pick(kind.inSellfire) };
    simulation.during('editLead', () => dialer.desk.editLead(random.pick(leads).id, fields));
  } else {
    if (records.length === 0) return;
    const fields = { [kind.salesforce.name]: random.pick(kind.inSalesforce) };
    simulation.during('editRecord', () => org.update(random.pick(records).id, fields, PERSON));
  }
}

export const TYPES: Feature = {
  name: 'types',
  begin,
  step(simulation) {
    for (let edits = simulation.random.between(1, 3); edits > 0; edits -= 1) {
      try {
        edit(simulation);
      } catch (refusal) {
        if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
      }
      simulation.pass(simulation.random.between(1, 50));
    }
  },
};
