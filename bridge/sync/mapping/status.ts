// Determines the status of each field mapping (M8): Ok, or Issue with the reason, from describe and the catalogue. A
// reason names its remedy where that is not plain. A mapping that works but may refuse or change single values is Ok
// with a warning.
import { explain } from '../../model/catalogue/catalogue.ts';
import { inWords, type Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { SellfireField } from '../../model/field.ts';
import { madeBySales, PRIMARY_PHONE, type FieldMapping } from '../../model/mapping.ts';
import { shortList } from '../../model/message.ts';
import { FOLLOWED_OBJECTS, type SalesforceField, type SalesforceObject } from '../../model/salesforce.ts';
import { contradictions } from './conflicts.ts';
import { conversion, isMasked } from './typeTable.ts';
import { fit } from './room.ts';
import { lackedByRecordType, lackedBySalesforce, lackedBySellfire } from './options.ts';
import { isUnreported } from './unreported.ts';
import { blockedWay, towardsSalesforce, towardsSellfire } from './rules.ts';

export interface MappingStatus {
  mapping: FieldMapping;
  status: 'Ok' | 'Issue';
  /** The findings, most severe first; warnings only for `Ok`. */
  findings: readonly Explanation[];
  /** The findings as text. */
  reason: string;
  /** No value passes by this mapping. */
  dead: boolean;
}

/** The findings about one mapping, most severe first. */
interface Findings {
  dead: Explanation[];
  issues: Explanation[];
  warnings: Explanation[];
}

export function mappingStatuses(config: SyncConfig): MappingStatus[] {
  const against = contradictions(config.mappings);
  return config.mappings.map((mapping) => {
    const found = findings(config, mapping);
    found.issues.push(...(against.get(mapping.id) ?? []));
    const wrong = [...found.dead, ...found.issues];
    const status = wrong.length > 0 ? 'Issue' : 'Ok';
    const all = [...wrong, ...found.warnings];
    return { mapping, status, findings: all, reason: all.map(inWords).join(' '), dead: found.dead.length > 0 };
  });
}

function findings(config: SyncConfig, mapping: FieldMapping): Findings {
  const found: Findings = { dead: [], issues: [], warnings: [] };
  const { sellfireObject, sellfireField, salesforceObject, salesforceField, rule } = mapping;
  if (rule === 'DoNotSync') return found;
  const sellfire = config.catalogue.find((field) => field.object === sellfireObject && field.name === sellfireField);
  const object = config.objects[salesforceObject];
  const salesforce = object?.fields[salesforceField];
  if (!sellfire) found.dead.push(explain('FIELD_GONE.sellfire', { field: sellfireField, object: sellfireObject }));
  if (!object) {
    found.dead.push(explain('FIELD_GONE.object', { object: salesforceObject }));
  } else if (!salesforce) {
    found.dead.push(explain('FIELD_GONE.salesforce', { field: salesforceField, object: salesforceObject }));
  }
  if (!sellfire || !object || !salesforce) return found;
  const given: Given = { config, mapping, sellfire, object, salesforce };
  never(given, found);
  types(given, found);
  // Where no value passes, the other findings do not matter.
  if (found.dead.length > 0) return found;
  if (towardsSalesforce(rule)) outward(given, found);
  if (towardsSellfire(rule, 'any')) inward(given, found);
  searchable(given, found);
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

/** M4: combinations of triggers and objects that never fire. */
function never({ mapping }: Given, { dead }: Findings): void {
  const { triggers, sellfireObject, salesforceObject, rule } = mapping;
  const isFollowed = FOLLOWED_OBJECTS.some((object) => object === salesforceObject);
  const only = (trigger: string): boolean => triggers.every((one) => one === trigger);
  if (triggers.length === 0) dead.push(explain('NEVER_FIRES.noTrigger'));
  else if (sellfireObject !== 'lead' && !triggers.includes('sale'))
    dead.push(explain('NEVER_FIRES.saleOnly', { object: sellfireObject }));
  else if (!isFollowed && only('createUpdate')) dead.push(explain('NEVER_FIRES.notFollowed'));
  else if (rule === 'SalesforceUnlessBlank' && !(isFollowed && triggers.includes('createUpdate')))
    dead.push(explain('NEVER_FIRES.rule'));
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
  encryptedstring: 'encrypted text',
};
const typeName = (type: string): string => TYPE_NAMES[type] ?? type;

function types({ mapping: { rule }, sellfire, salesforce }: Given, { dead, warnings }: Findings): void {
  const blocked = blockedWay(rule, sellfire, salesforce);
  const names = { sellfire: typeName(sellfire.type), salesforce: typeName(salesforce.type) };
  if (blocked === 'toSalesforce') dead.push(explain('TYPES_UNFIT.toSalesforce', names));
  else if (blocked === 'toSellfire')
    dead.push(
      isMasked(salesforce)
        ? explain('TYPES_UNFIT.encrypted', { field: salesforce.label })
        : explain('TYPES_UNFIT.toSellfire', names),
    );
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  if (towardsSalesforce(rule) && toSalesforce.why)
    warnings.push(explain('VALUE_CONVERTED.toSalesforce', { how: toSalesforce.why }));
  if (towardsSellfire(rule, 'any') && toSellfire.why)
    warnings.push(explain('VALUE_CONVERTED.toSellfire', { how: toSellfire.why }));
}

function outward({ config, mapping, sellfire, object, salesforce }: Given, { dead, issues, warnings }: Findings): void {
  const { createable, updateable } = salesforce;
  const creates = mapping.triggers.some((trigger) => trigger !== 'createUpdate');
  if (object.onlyPersons && creates) issues.push(explain('NOT_WRITABLE.persons'));
  if (!object.createable && madeBySales([mapping], config.names.prefix).size > 0)
    issues.push(explain('NOT_WRITABLE.object', { object: object.label }));
  const name = `${salesforce.label} (${salesforce.name})`;
  if (!createable && !updateable) {
    const what = object.createable || object.updateable ? name : object.label;
    // With two-way sync the other direction still works.
    (mapping.rule === 'TwoWay' ? issues : dead).push(explain('NOT_WRITABLE.salesforce', { field: what }));
    return;
  }
  if (!updateable) warnings.push(explain('WRITTEN_IN_PART.creationOnly', { field: name }));
  else if (!createable) warnings.push(explain('WRITTEN_IN_PART.changeOnly', { field: name }));
  const { issue, warning, digits } = fit(mapping, sellfire, salesforce);
  if (issue) issues.push(issue);
  if (warning) warnings.push(warning);
  if (digits) warnings.push(digits);
  const split = sellfire.options.filter((option) => option.includes(';'));
  if (split.length > 0 && (salesforce.type === 'multipicklist' || sellfire.type === 'multi_select'))
    issues.push(explain('OPTION_SPLIT', { field: salesforce.label, options: shortList(split) }));
  if (!salesforce.restrictedPicklist && !salesforce.codes) return;
  const lacked = lackedBySalesforce(sellfire, salesforce);
  const ofType = lackedByRecordType(sellfire, salesforce);
  if (lacked.length > 0)
    issues.push(
      explain('OPTIONS_MISSING.inSalesforce', {
        field: salesforce.label,
        options: shortList(lacked),
        them: lacked.length === 1 ? 'it' : 'them',
      }),
    );
  else if (ofType.length > 0)
    issues.push(
      explain('OPTIONS_MISSING.ofRecordType', {
        field: salesforce.label,
        options: shortList(ofType),
        type: object.recordType ?? '',
        them: ofType.length === 1 ? 'it' : 'them',
      }),
    );
  else if (sellfire.options.length === 0) warnings.push(explain('PICKLIST_RESTRICTED', { field: salesforce.label }));
}

function inward({ mapping, sellfire, object, salesforce }: Given, { dead, issues, warnings }: Findings): void {
  if (sellfire.read_only) {
    const why = explain('NOT_WRITABLE.sellfire', { field: sellfire.label });
    (mapping.rule === 'TwoWay' ? issues : dead).push(why);
    return;
  }
  if (isUnreported(object, salesforce)) warnings.push(explain('NOT_IN_EVENTS', { field: salesforce.label }));
  const room = sellfire.max_length;
  const isList = sellfire.type === 'multi_text';
  const freely = ['string', 'textarea', 'url', 'email'].includes(salesforce.type);
  if (room !== null && freely && !isList && salesforce.length > room)
    warnings.push(explain('FIELD_TOO_SHORT.inSellfire', { most: room, length: salesforce.length }));
  const lacked = lackedBySellfire(sellfire, salesforce);
  if (lacked.length > 0) warnings.push(explain('OPTIONS_MISSING.inSellfire', { options: shortList(lacked) }));
}

/** A phone that no query finds would make every record twice. */
function searchable({ mapping, sellfire, salesforce, object }: Given, { issues }: Findings): void {
  const isIdentity = sellfire.object === 'lead' && sellfire.name === PRIMARY_PHONE;
  const isFollowed = FOLLOWED_OBJECTS.some((one) => one === mapping.salesforceObject);
  if (isIdentity && isFollowed && salesforce.filterable === false)
    issues.push(explain('PHONE_UNSEARCHABLE', { field: salesforce.label, object: object.label }));
}

/**
 * M17: a Lead or Contact is created only with the required fields. The mapping of the primary phone, which creates it,
 * reports the missing ones.
 */
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
    issues.push(explain('NEVER_FILLED.byRule', { field: salesforce.label, object: object.label }));
  if (sellfireField !== 'primary_phone_number' || !towardsSalesforce(rule)) return;
  const unfilled = Object.values(object.fields).filter((field) => needs(field) && !isFilled(field));
  if (unfilled.length === 0) return;
  const fields = shortList(unfilled.map(({ label }) => label));
  issues.push(explain('NEVER_FILLED.others', { object: object.label, fields }));
}
