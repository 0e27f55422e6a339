// The status of each field mapping (M8): Ok, or Issue with the reason in words, from what describe and the catalogue say. Each sentence
// says what to do where that is not plain. What works but may refuse or change single values is Ok, and the reason warns of it.
import type { SyncConfig } from '../../model/config.ts';
import type { SellfireField } from '../../model/field.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import { FOLLOWED_OBJECTS, type SalesforceField, type SalesforceObject } from '../../model/salesforce.ts';
import { contradictions } from './conflicts.ts';
import { conversion } from './typeTable.ts';
import { fit } from './fit.ts';
import { lackedBySalesforce, lackedBySellfire, listed } from './options.ts';
import { blockedWay, towardsSalesforce, towardsSellfire } from './rules.ts';

export interface MappingStatus {
  mapping: FieldMapping;
  status: 'Ok' | 'Issue';
  /** For `Ok` a warning, or empty. */
  reason: string;
  /** Nothing passes by this mapping as it stands. */
  dead: boolean;
}

/** What was found out about one mapping, the gravest first. */
interface Findings {
  dead: string[];
  issues: string[];
  warnings: string[];
}

export function mappingStatuses(config: SyncConfig): MappingStatus[] {
  const against = contradictions(config.mappings);
  return config.mappings.map((mapping) => {
    const found = findings(config, mapping);
    found.issues.push(...(against.get(mapping.id) ?? []));
    const wrong = [...found.dead, ...found.issues];
    const status = wrong.length > 0 ? 'Issue' : 'Ok';
    const reason = [...wrong, ...found.warnings].join(' ');
    return { mapping, status, reason, dead: found.dead.length > 0 };
  });
}

function findings(config: SyncConfig, mapping: FieldMapping): Findings {
  const found: Findings = { dead: [], issues: [], warnings: [] };
  const { sellfireObject, sellfireField, salesforceObject, salesforceField, rule } = mapping;
  if (rule === 'DoNotSync') return found;
  const sellfire = config.catalogue.find((field) => field.object === sellfireObject && field.name === sellfireField);
  const object = config.objects[salesforceObject];
  const salesforce = object?.fields[salesforceField];
  if (!sellfire)
    found.dead.push(`Sellfire has no field ${sellfireField} of ${sellfireObject} any more. Choose another.`);
  if (!object) {
    found.dead.push(
      `The object ${salesforceObject} is gone, or hidden from the connected user. Give the user Read on it, or delete the mapping.`,
    );
  } else if (!salesforce) {
    found.dead.push(
      `The field ${salesforceField} of ${salesforceObject} is gone, or hidden from the connected user. Give the user Read on it, or choose another.`,
    );
  }
  if (!sellfire || !object || !salesforce) return found;
  const given: Given = { config, mapping, sellfire, object, salesforce };
  never(given, found);
  types(given, found);
  // A mapping through which nothing passes has no other trouble.
  if (found.dead.length > 0) return found;
  if (towardsSalesforce(rule)) outward(given, found);
  if (towardsSellfire(rule, 'any')) inward(given, found);
  required(given, found);
  return found;
}

interface Given {
  config: SyncConfig;
  mapping: FieldMapping;
  sellfire: SellfireField;
  object: SalesforceObject;
  salesforce: SalesforceField;
}

/** M4: what the triggers and objects rule out together. */
function never({ mapping }: Given, { dead }: Findings): void {
  const { triggers, sellfireObject, salesforceObject, rule } = mapping;
  const isFollowed = FOLLOWED_OBJECTS.some((object) => object === salesforceObject);
  const only = (trigger: string): boolean => triggers.every((one) => one === trigger);
  if (triggers.length === 0) dead.push('It fires on nothing. Choose a trigger.');
  else if (sellfireObject !== 'lead' && !triggers.includes('sale'))
    dead.push(`Fields of ${sellfireObject} are sent at a sale only. Choose the trigger Sale.`);
  else if (!isFollowed && only('createUpdate'))
    dead.push(`On create/update only Lead, Contact and Account are kept in step. Choose the trigger Demo Set or Sale.`);
  else if (rule === 'SalesforceUnlessBlank' && !(isFollowed && triggers.includes('createUpdate')))
    dead.push('Salesforce fills Sellfire on create/update of Lead, Contact and Account only. Choose another rule.');
}

const TYPE_NAMES: Record<string, string> = {
  multi_select: 'multi-select',
  multi_text: 'list of texts',
  long_text: 'long text',
  datetime: 'date-time',
  multipicklist: 'multi-select picklist',
  boolean: 'checkbox',
  double: 'number',
  int: 'whole number',
  string: 'text',
  textarea: 'text area',
  reference: 'lookup',
};
const typeName = (type: string): string => TYPE_NAMES[type] ?? type;

function types({ mapping: { rule }, sellfire, salesforce }: Given, { dead, warnings }: Findings): void {
  const blocked = blockedWay(rule, sellfire, salesforce);
  const [from, to] = [typeName(sellfire.type), typeName(salesforce.type)];
  if (blocked === 'toSalesforce') {
    dead.push(
      `The types do not fit: a ${from} of Sellfire cannot be put in a ${to} of Salesforce. Choose another field.`,
    );
  } else if (blocked === 'toSellfire') {
    dead.push(
      `The types do not fit: a ${to} of Salesforce cannot be put in a ${from} of Sellfire. Choose another field, or Always use Sellfire.`,
    );
  }
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  if (towardsSalesforce(rule) && toSalesforce.why) warnings.push(`Towards Salesforce: ${toSalesforce.why}`);
  if (towardsSellfire(rule, 'any') && toSellfire.why) warnings.push(`Towards Sellfire: ${toSellfire.why}`);
}

function outward({ mapping, sellfire, object, salesforce }: Given, { dead, issues, warnings }: Findings): void {
  const { createable, updateable } = salesforce;
  const name = `${salesforce.label} (${salesforce.name})`;
  if (!createable && !updateable) {
    const why = object.createable || object.updateable ? name : object.label;
    const text = `The connected user cannot write ${why}. Give the user Edit on it, or choose a field that is not computed.`;
    // By two-way sync the other way still works.
    (mapping.rule === 'TwoWay' ? issues : dead).push(text);
    return;
  }
  if (!updateable) warnings.push(`${name} is set when a record is made, and cannot be changed later.`);
  else if (!createable) warnings.push(`${name} cannot be set when a record is made.`);
  const { issue, warning } = fit(mapping, sellfire, salesforce);
  if (issue) issues.push(issue);
  if (warning) warnings.push(warning);
  const split = sellfire.options.filter((option) => option.includes(';'));
  if (split.length > 0 && (salesforce.type === 'multipicklist' || sellfire.type === 'multi_select'))
    issues.push(`A semicolon parts the values in ${salesforce.label}. Rename ${listed(split)} in Sellfire.`);
  if (!salesforce.restrictedPicklist) return;
  const lacked = lackedBySalesforce(sellfire, salesforce);
  if (lacked.length > 0)
    issues.push(
      `${salesforce.label} is restricted and lacks ${listed(lacked)}. Add ${lacked.length === 1 ? 'it' : 'them'} to the picklist in Salesforce.`,
    );
  else if (sellfire.options.length === 0)
    warnings.push(`${salesforce.label} is restricted: Salesforce refuses what is none of its values.`);
}

function inward({ mapping, sellfire, salesforce }: Given, { dead, issues, warnings }: Findings): void {
  if (sellfire.read_only) {
    const text = `${sellfire.label} is read-only in Sellfire, so that Salesforce cannot fill it. Choose Always use Sellfire.`;
    (mapping.rule === 'TwoWay' ? issues : dead).push(text);
    return;
  }
  const room = sellfire.max_length;
  const isList = sellfire.type === 'multi_text';
  const freely = ['string', 'textarea', 'url', 'email', 'encryptedstring'].includes(salesforce.type);
  if (room !== null && freely && !isList && salesforce.length > room)
    warnings.push(`Sellfire holds ${room} characters, Salesforce ${salesforce.length}: Sellfire refuses longer ones.`);
  const lacked = lackedBySellfire(sellfire, salesforce);
  if (lacked.length > 0) warnings.push(`Sellfire lacks ${listed(lacked)}: create what is missing (Inspect).`);
}

/** M17: a Lead or Contact is made only with what Salesforce requires; the mapping of the phone number, which makes it, says so. */
function required({ config, mapping, salesforce, object }: Given, { issues }: Findings): void {
  const { rule, triggers, sellfireField, salesforceObject } = mapping;
  if (!config.settings.createInSalesforce || !triggers.includes('createUpdate')) return;
  if (!['Lead', 'Contact'].includes(salesforceObject)) return;
  const needs = ({ nillable, createable, defaultedOnCreate, type }: SalesforceField): boolean =>
    !nillable && createable && !defaultedOnCreate && type !== 'boolean';
  const isFilled = ({ name }: SalesforceField): boolean =>
    config.mappings.some(
      (one) =>
        one.salesforceObject === salesforceObject &&
        one.salesforceField === name &&
        one.triggers.includes('createUpdate') &&
        towardsSalesforce(one.rule),
    );
  if (needs(salesforce) && !isFilled(salesforce))
    issues.push(
      `Salesforce requires ${salesforce.label}, and this rule never fills it: no ${object.label} can be made there. Choose Two-way sync or Always use Sellfire.`,
    );
  if (sellfireField !== 'primary_phone_number' || !towardsSalesforce(rule)) return;
  const unfilled = Object.values(object.fields).filter((field) => needs(field) && !isFilled(field));
  if (unfilled.length > 0)
    issues.push(
      `No ${object.label} can be made in Salesforce before something fills ${listed(unfilled.map(({ label }) => label))}: map towards Salesforce.`,
    );
}
