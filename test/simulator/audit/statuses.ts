// The status of a field mapping (M8) as docs/field-mappings.md says it: `Ok`, or `Issue`, and what is found, with the words that have to be in it.
import { COLUMNS, passes } from './passages.ts';
import { contradictionsOf } from './rings.ts';

export interface JudgedMapping {
  id: string;
  sellfireObject: string;
  sellfireField: string;
  salesforceObject: string;
  salesforceField: string;
  rule: string;
  triggers: readonly string[];
}

export interface JudgedSellfireField {
  object: string;
  name: string;
  label: string;
  type: string;
  read_only: boolean;
  max_length: number | null;
  options: readonly string[];
}

interface Choice {
  value: string;
  label: string;
  active: boolean;
}

export interface JudgedField {
  name: string;
  label: string;
  type: string;
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  defaultedOnCreate: boolean;
  restrictedPicklist: boolean;
  picklist?: readonly Choice[] | undefined;
  calculated?: boolean | undefined;
  filterable?: boolean | undefined;
  compoundFieldName?: string | null | undefined;
  creationValues?: readonly string[] | undefined;
}

export interface JudgedObject {
  label: string;
  createable: boolean;
  updateable: boolean;
  recordType?: string | undefined;
  onlyPersons?: boolean | undefined;
  fields: Readonly<Record<string, JudgedField>>;
}

export interface JudgedConfig {
  mappings: readonly JudgedMapping[];
  catalogue: readonly JudgedSellfireField[];
  objects: Readonly<Record<string, JudgedObject>>;
  createsInSalesforce: boolean;
}

/** What the bridge says of one mapping. */
export interface GivenStatus {
  status: string;
  dead: boolean;
  reason: string;
  findings: readonly { code: string; sentence: string; action: string }[];
}

/** `dead`: nothing passes. `words`: what its text must name. */
export interface Expected {
  weight: 'dead' | 'issue' | 'warning';
  code: string;
  words: readonly (string | number)[];
}

const FOLLOWED = ['Lead', 'Contact', 'Account'];
/** Records of a sale that follow rules of their own; any other object is the customer's own. */
const OF_SALES = [...FOLLOWED, 'Opportunity', 'OpportunityLineItem', 'Site__c', 'Organization__c'];
/** What a demo's Opportunity (M21) and the move to a Contact (M20) cannot do without. */
const NEEDED = [
  'primary_phone_number Account.Phone',
  'business_name Account.Name',
  'primary_phone_number Contact.Phone',
  'last_name Contact.LastName',
  'business_name Opportunity.Name',
  'primary_phone_number Lead.Phone',
  'last_name Lead.LastName',
  'business_name Lead.Company',
];

export const goesOut = (rule: string): boolean => rule === 'AlwaysSellfire' || rule === 'TwoWay';
export const comesIn = (rule: string): boolean => rule === 'SalesforceUnlessBlank' || rule === 'TwoWay';

/** @returns a sentence for each status that is not what the documentation says */
export function auditStatuses(config: JudgedConfig, given: readonly GivenStatus[]): string[] {
  return config.mappings.flatMap((mapping, index) => {
    const status = given[index];
    if (!status) return [`M8: the mapping ${mapping.id} has no status.`];
    const expected = expectedOf(config, mapping);
    const where = `M8: ${mapping.sellfireField} → ${mapping.salesforceObject}.${mapping.salesforceField} (${mapping.rule})`;
    const isWrong = expected.some(({ weight }) => weight !== 'warning');
    const wrong: string[] = [];
    if (status.status !== (isWrong ? 'Issue' : 'Ok')) wrong.push(`${where} is ${status.status}: ${status.reason}`);
    if (status.dead !== expected.some(({ weight }) => weight === 'dead'))
      wrong.push(`${where} is ${status.dead ? 'dead' : 'alive'}: ${status.reason}`);
    // Where nothing passes, it does not matter what else there is.
    if (status.dead)
      return [
        ...wrong,
        ...missing(
          where,
          expected.filter((one) => one.weight === 'dead'),
          status,
        ),
      ];
    const [wanted, said] = [expected.map(({ code }) => code), status.findings.map(({ code }) => code)];
    if (wanted.toSorted().join() !== said.toSorted().join())
      wrong.push(`${where} says ${said.join(', ')} instead of ${wanted.join(', ')}.`);
    const severe = expected.filter(({ weight }) => weight !== 'warning').map(({ code }) => code);
    if (said.slice(0, severe.length).toSorted().join() !== severe.toSorted().join())
      wrong.push(`${where} does not say first what is wrong: ${said.join(', ')}.`);
    return [...wrong, ...missing(where, expected, status)];
  });
}

function missing(where: string, expected: readonly Expected[], { findings, reason }: GivenStatus): string[] {
  return expected.flatMap(({ code, words }) => {
    const texts = findings.filter((one) => one.code === code).map(({ sentence, action }) => `${sentence} ${action}`);
    const isSaid = texts.some((text) => words.every((word) => text.includes(String(word))));
    if (!isSaid) return [`${where} does not say ${code} with ${words.join(', ')}: ${texts.join(' | ')}`];
    return findings.every(({ sentence }) => reason.includes(sentence)) ? [] : [`${where} leaves out a reason.`];
  });
}

function expectedOf(config: JudgedConfig, mapping: JudgedMapping): Expected[] {
  const { rule, triggers, sellfireObject, sellfireField, salesforceObject, salesforceField } = mapping;
  const against = contradictionsOf(config.mappings, mapping);
  if (rule === 'DoNotSync') return against;
  const sellfire = config.catalogue.find((one) => one.object === sellfireObject && one.name === sellfireField);
  const object = config.objects[salesforceObject];
  const field = object?.fields[salesforceField];
  const dead = (code: string, ...words: (string | number)[]): Expected => ({ weight: 'dead', code, words });
  const gone = [
    ...(sellfire ? [] : [dead('FIELD_GONE', 'Sellfire', sellfireField, sellfireObject)]),
    ...(object ? [] : [dead('FIELD_GONE', `object ${salesforceObject}`, 'hidden')]),
    ...(object && !field ? [dead('FIELD_GONE', `field ${salesforceField} of ${salesforceObject}`, 'hidden')] : []),
  ];
  if (gone.length > 0 || !sellfire || !object || !field) return [...gone, ...against];
  const found: Expected[] = [];
  const isFollowed = FOLLOWED.includes(salesforceObject);
  const onUpdates = triggers.includes('createUpdate');
  if (triggers.length === 0) found.push(dead('NEVER_FIRES', 'fires on nothing'));
  else if (sellfireObject !== 'lead' && !triggers.includes('sale')) found.push(dead('NEVER_FIRES', sellfireObject));
  else if (!isFollowed && triggers.every((one) => one === 'createUpdate'))
    found.push(dead('NEVER_FIRES', 'only Lead, Contact and Account'));
  else if (rule === 'SalesforceUnlessBlank' && !(isFollowed && onUpdates))
    found.push(dead('NEVER_FIRES', 'Choose another rule'));
  const way = passes(sellfire.type, field.type);
  const isMask = field.type === 'encryptedstring';
  if (goesOut(rule) && way.toSalesforce === '–') found.push(dead('TYPES_UNFIT', 'cannot be put in', 'of Salesforce.'));
  else if (comesIn(rule) && way.toSellfire === '–')
    found.push(dead('TYPES_UNFIT', ...(isMask ? ['encrypted', field.label] : ['of Sellfire', 'Always use Sellfire'])));
  if (found.length > 0) return [...found, ...against];
  const warn = (code: string, ...words: (string | number)[]): Expected => ({ weight: 'warning', code, words });
  if (goesOut(rule) && way.toSalesforce === '~') found.push(warn('VALUE_CONVERTED', 'Towards Salesforce: '));
  if (comesIn(rule) && way.toSellfire === '~') found.push(warn('VALUE_CONVERTED', 'Towards Sellfire: '));
  const given = { config, mapping, sellfire, object, field };
  if (goesOut(rule)) found.push(...outward(given));
  if (comesIn(rule)) found.push(...inward(given));
  const identifies = sellfireObject === 'lead' && sellfireField === 'primary_phone_number';
  if (identifies && isFollowed && field.filterable === false)
    found.push({ weight: 'issue', code: 'PHONE_UNSEARCHABLE', words: [field.label, object.label] });
  return [...found, ...required(given), ...against];
}

interface Given {
  config: JudgedConfig;
  mapping: JudgedMapping;
  sellfire: JudgedSellfireField;
  object: JudgedObject;
  field: JudgedField;
}

function outward({ mapping, sellfire, object, field }: Given): Expected[] {
  const issue = (code: string, ...words: (string | number)[]): Expected => ({ weight: 'issue', code, words });
  const warn = (code: string, ...words: (string | number)[]): Expected => ({ weight: 'warning', code, words });
  const { rule, triggers, salesforceObject } = mapping;
  const found: Expected[] = [];
  const isMade = triggers.includes('sale') && !OF_SALES.includes(salesforceObject);
  if (object.onlyPersons && triggers.some((one) => one !== 'createUpdate'))
    found.push(issue('NOT_WRITABLE', 'person accounts'));
  if (!object.createable && isMade) found.push(issue('NOT_WRITABLE', 'cannot create records', object.label));
  if (!field.createable && !field.updateable) {
    const isObject = !object.createable && !object.updateable;
    const name = isObject ? `write ${object.label}.` : `write ${field.label} (${field.name}).`;
    return [...found, { ...issue('NOT_WRITABLE', name), weight: rule === 'TwoWay' ? 'issue' : 'dead' }];
  }
  if (!field.updateable) found.push(warn('WRITTEN_IN_PART', field.name, 'cannot be changed later'));
  else if (!field.createable) found.push(warn('WRITTEN_IN_PART', field.name, 'cannot be set'));
  found.push(...room(mapping, sellfire, field));
  const isChoice = ['select', 'multi_select'].includes(sellfire.type);
  const split = sellfire.options.filter((option) => option.includes(';'));
  if (split.length > 0 && (field.type === 'multipicklist' || sellfire.type === 'multi_select'))
    found.push(issue('OPTION_SPLIT', field.label, ...split));
  if (!field.restrictedPicklist) return found;
  const choices = field.picklist ?? [];
  const lacks = (some: readonly Choice[]): string[] =>
    isChoice ? sellfire.options.filter((option) => !some.some((one) => one.active && isOption(one, option))) : [];
  const lacked = lacks(choices);
  const { creationValues } = field;
  const ofType = creationValues ? lacks(choices.filter(({ value }) => creationValues.includes(value))) : [];
  const them = (some: readonly string[]): string => (some.length === 1 ? 'Add it to' : 'Add them to');
  if (lacked.length > 0) found.push(issue('OPTIONS_MISSING', field.label, them(lacked), ...lacked));
  else if (ofType.length > 0)
    found.push(issue('OPTIONS_MISSING', field.label, object.recordType ?? '', them(ofType), ...ofType));
  else if (sellfire.options.length === 0) found.push(warn('PICKLIST_RESTRICTED', field.label));
  return found;
}

/** Names by which people know the regions that are drawn. */
const KNOWN: readonly (readonly string[])[] = [
  ['TX', 'Texas'],
  ['OH', 'Ohio'],
  ['UT', 'Utah'],
];
const fold = (text: string): string => text.trim().toLowerCase();
const isRegion = (one: string, other: string): boolean =>
  KNOWN.some((names) => names.map(fold).includes(fold(one)) && names.map(fold).includes(fold(other)));
const isOption = ({ value, label }: Choice, option: string): boolean =>
  [value, label].some((text) => fold(text) === fold(option) || isRegion(text, option));

function inward({ mapping, sellfire, object, field }: Given): Expected[] {
  if (sellfire.read_only)
    return [
      {
        weight: mapping.rule === 'TwoWay' ? 'issue' : 'dead',
        ...{ code: 'NOT_WRITABLE', words: [sellfire.label, 'read-only in Sellfire'] },
      },
    ];
  const warn = (code: string, ...words: (string | number)[]): Expected => ({ weight: 'warning', code, words });
  const found: Expected[] = [];
  const hasParts = Object.values(object.fields).some((one) => one.compoundFieldName === field.name && one !== field);
  if (field.calculated || hasParts) found.push(warn('NOT_IN_EVENTS', field.label));
  const isFree = ['string', 'textarea', 'url', 'email'].includes(field.type) && sellfire.type !== 'multi_text';
  if (isFree && sellfire.max_length !== null && field.length > sellfire.max_length)
    found.push(warn('FIELD_TOO_SHORT', sellfire.max_length, field.length, 'Sellfire refuses'));
  const isChoice = ['select', 'multi_select'].includes(sellfire.type);
  const isPicklist = ['picklist', 'multi'].includes(COLUMNS[field.type] ?? '');
  const unknown =
    isChoice && isPicklist
      ? (field.picklist ?? []).filter((one) => one.active && !sellfire.options.some((option) => isOption(one, option)))
      : [];
  if (unknown.length > 0) found.push(warn('OPTIONS_MISSING', 'Sellfire lacks', ...unknown.map(({ label }) => label)));
  return found;
}

/** A Lead or Contact cannot be made where nothing fills what Salesforce requires (M17). */
function required({ config, mapping, field, object }: Given): Expected[] {
  const { salesforceObject: name, triggers, sellfireField, rule } = mapping;
  if (!config.createsInSalesforce || !triggers.includes('createUpdate') || !['Lead', 'Contact'].includes(name))
    return [];
  const unfilled = Object.values(object.fields).filter(
    (one) =>
      !(one.nillable || !one.createable || one.defaultedOnCreate || one.type === 'boolean') &&
      !config.mappings.some(
        (other) =>
          other.salesforceObject === name &&
          other.salesforceField === one.name &&
          other.triggers.includes('createUpdate') &&
          goesOut(other.rule),
      ),
  );
  const issue = (...words: string[]): Expected => ({ weight: 'issue', code: 'NEVER_FILLED', words });
  return [
    ...(unfilled.includes(field) ? [issue(`requires ${field.label}`, object.label)] : []),
    ...(sellfireField === 'primary_phone_number' && goesOut(rule) && unfilled.length > 0
      ? [issue('before something fills', object.label, ...unfilled.map(({ label }) => label))]
      : []),
  ];
}

/** The characters of a value of each type, as it is written: a day, a moment, a number up to a trillion, an E.164 phone. */
const WRITTEN: Readonly<Record<string, string>> = {
  date: '2026-11-24',
  datetime: '2026-11-24T06:30:00Z',
  checkbox: 'false',
  number: '-1000000000000.25',
  currency: '-1000000000000.25',
  percent: '-1000000000000.25',
  phone: '+123456789012345',
};
/** Digits before the point below which a number is warned of. */
const DIGITS = 9;

function room(mapping: JudgedMapping, sellfire: JudgedSellfireField, field: JudgedField): Expected[] {
  const column = COLUMNS[field.type] ?? '';
  if (['int', 'decimal'].includes(column)) return digits(sellfire, field);
  if (!['text', 'area', 'phone', 'email', 'url', 'picklist', 'multi', 'encrypted'].includes(column)) return [];
  const { label, length } = field;
  const issue = (...words: (string | number)[]): Expected => ({ weight: 'issue', code: 'FIELD_TOO_SHORT', words });
  if (sellfire.type === 'rep') return [];
  if (sellfire.type === 'multi_select') {
    const all = sellfire.options.join(';').length;
    return all > length ? [issue(label, length, all, 'all options')] : [];
  }
  if (sellfire.type === 'select') {
    const longest = Math.max(0, ...sellfire.options.map((one) => one.length));
    const option = sellfire.options.find((one) => one.length === longest) ?? '';
    return longest > length ? [issue(label, length, longest, option.slice(0, DIGITS))] : [];
  }
  const most = WRITTEN[sellfire.type]?.length ?? sellfire.max_length;
  if (most !== null && most <= length)
    return sellfire.type === 'multi_text' ? [{ ...issue(label, length, 'longer altogether'), weight: 'warning' }] : [];
  const isNeeded =
    mapping.sellfireObject === 'lead' &&
    NEEDED.includes(`${mapping.sellfireField} ${mapping.salesforceObject}.${mapping.salesforceField}`);
  const said = issue(label, length, sellfire.label, most ?? 'any number');
  return [isNeeded ? { ...said, weight: 'warning' } : said];
}

function digits(
  { type, label: name }: JudgedSellfireField,
  { type: kind, label, scale, precision }: JudgedField,
): Expected[] {
  const isWhole = COLUMNS[kind] === 'int';
  const kept = scale === 0 ? 'no decimals' : scale === 1 ? '1 decimal:' : `${scale} decimals`;
  if (type === 'currency' && !isWhole && scale < 2)
    return [{ weight: 'issue', code: 'DECIMALS_LOST', words: [label, name, kept.replace(':', ','), 'has 2'] }];
  const before = isWhole ? DIGITS : precision - scale;
  return [
    ...(!isWhole && ['number', 'percent'].includes(type)
      ? [{ weight: 'warning' as const, code: 'DECIMALS_LOST', words: [label, kept] }]
      : []),
    ...(before < DIGITS ? [{ weight: 'warning' as const, code: 'DIGITS_FEW', words: [label, before] }] : []),
  ];
}
