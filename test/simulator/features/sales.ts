// What a sale makes beside its Opportunity and its items: records of the customer's own objects (M13), the places of a business (M30), a product
// that the org lacks, and amounts in the currency of the sale (M25). People delete some of it again.
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { salesforceField as field, salesforceObject as object } from '../../helpers/fields.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { PERSON } from '../randomEdits.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

const CUSTOM_OBJECTS = {
  Contract__c: object('Contract__c', [
    field('Name', 'string', { nillable: false }),
    field('Months__c', 'double'),
    field('Account__c', 'reference', { referenceTo: ['Account'] }),
    field('Opportunity__c', 'reference', { referenceTo: ['Opportunity'] }),
    field('Contact__c', 'reference', { referenceTo: ['Contact'] }),
  ]),
  Contract_Line__c: object('Contract_Line__c', [
    field('Code__c'),
    field('Contract__c', 'reference', { nillable: false, referenceTo: ['Contract__c'] }),
    field('Line__c', 'reference', { referenceTo: ['OpportunityLineItem'] }),
  ]),
};

const SITE_OBJECTS = {
  Site__c: object('Site__c', [field('Name'), field('location__c'), field('Account__c'), field('Organization__c')]),
  Organization__c: object('Organization__c', [field('Name'), field('Account__c')]),
};

function map(from: string, to: string): FieldMapping {
  const [sellfireObject = '', sellfireField = ''] = from.split('.');
  const [salesforceObject = '', salesforceField = ''] = to.split('.');
  return {
    id: `a0M_${to}`,
    sellfireObject: sellfireObject as FieldMapping['sellfireObject'],
    ...{ sellfireField, salesforceObject, salesforceField, rule: 'AlwaysSellfire', triggers: ['sale'] },
  };
}

/** Somebody deletes one of the records of these objects. */
function deleteOne(simulation: Simulation, objects: readonly string[]): void {
  const { org, random } = simulation;
  const some = org.live().filter((one) => objects.includes(one.object));
  if (some.length > 0) simulation.during('deleteMade', () => org.delete(random.pick(some).id, PERSON));
}

/** A rep sells to some lead, as far as Sellfire accepts it. */
function sell(simulation: Simulation): void {
  const { random, dialer, now, currency, productCodes } = simulation;
  const leads = [...dialer.leads.live()];
  if (leads.length === 0) return;
  const item = (product_code: string, quantity: number) => ({
    product_code,
    product_name: product_code === 'NEW' ? 'Novelty' : 'Plan',
    quantity,
    unit_price: `${20 + (now % 5)}.25`,
  });
  const items = productCodes.map((code, index) => item(code, index + 1)).filter(() => random.chance(0.6));
  if (items.length === 0) return;
  try {
    simulation.during('sellMore', () => {
      const fields = { custom_contract_months: now % 36 };
      dialer.desk.sell(random.pick(leads).id, { currency, fields, items });
    });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
}

const PLACES = ['Austin', 'Berlin', 'London', 'austin '];

export const SALES: readonly Feature[] = [
  {
    name: 'customObjects',
    begin(simulation) {
      const mappings = [
        map('lead.business_name', 'Contract__c.Name'),
        map('sale.custom_contract_months', 'Contract__c.Months__c'),
        map('sale_item.product_code', 'Contract_Line__c.Code__c'),
      ];
      configure(simulation, { mappings, objects: CUSTOM_OBJECTS });
    },
    step(simulation) {
      if (simulation.random.chance(0.15)) deleteOne(simulation, Object.keys(CUSTOM_OBJECTS));
      else sell(simulation);
    },
  },
  {
    name: 'sites',
    begin(simulation) {
      const mappings = [map('lead.custom_locations', 'Site__c.location__c')];
      const settings = { ...simulation.config.settings, multiSite: true };
      configure(simulation, { mappings, settings, objects: SITE_OBJECTS });
    },
    step(simulation) {
      const { random, dialer } = simulation;
      if (random.chance(0.1)) deleteOne(simulation, Object.keys(SITE_OBJECTS));
      if (random.chance(0.4)) sell(simulation);
      const leads = [...dialer.leads.live()];
      if (leads.length === 0) return;
      const places = PLACES.filter(() => random.chance(0.5));
      dialer.desk.editLead(random.pick(leads).id, { custom_locations: places });
    },
  },
  {
    name: 'newProducts',
    begin(simulation) {
      simulation.productCodes = ['PRO', 'LITE', 'NEW'];
      configure(simulation, {
        settings: { ...simulation.config.settings, createProducts: simulation.random.chance(0.7) },
      });
    },
    step: sell,
  },
  {
    name: 'currencies',
    begin(simulation) {
      simulation.org.prices = simulation.org.prices.flatMap((one) => [
        { ...one, currency: 'EUR', entryId: `${one.entryId}E` },
        { ...one, currency: 'USD' },
      ]);
      configure(simulation, { currencies: { several: true, codes: ['USD', 'EUR'] } });
    },
    step(simulation) {
      simulation.currency = simulation.random.pick(['USD', 'EUR', 'EUR', 'GBP']);
      sell(simulation);
    },
  },
];
