// A CustomField of the metadata as a field of the org. What this org cannot do with a field is a problem of the
// deployment, never a field that behaves otherwise than it says.
// Source: Metadata API Developer Guide, "CustomField".
import { fieldDef } from '../fields.ts';
import type { FieldDef, FieldType, Mask, PicklistValue } from '../model.ts';
import { calculationOf } from './calculations.ts';
import { childOf, childrenOf, flagOf, textOf, type Element } from './xml.ts';

/** The field, or what is wrong with it. */
export type FieldReading = { field: FieldDef } | { problem: string };

const TYPES: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  EncryptedText: 'encryptedstring',
  Html: 'textarea',
  Location: 'location',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Summary: 'double',
  Text: 'string',
  TextArea: 'textarea',
  Time: 'time',
  Url: 'url',
};
/** What a platform event may have (Platform Events Developer Guide, "Define Your Platform Event"). */
const EVENT_TYPES = new Set(['Checkbox', 'Date', 'DateTime', 'LongTextArea', 'Number', 'Text']);

const READ = [
  'fullName',
  'label',
  'type',
  'length',
  'precision',
  'scale',
  'required',
  'unique',
  'externalId',
  'caseSensitive',
  'defaultValue',
  'displayFormat',
  'inlineHelpText',
  'referenceTo',
  'relationshipName',
  'deleteConstraint',
  'valueSet',
  'formula',
  'maskChar',
  'maskType',
  'summaryForeignKey',
  'summaryOperation',
  'summarizedField',
];
/** Characters of a formula that gives text. */
const FORMULA_TEXT = 1300;
const ENCRYPTED_LENGTH = 175;
/** Of no consequence for data, events or flows: words, tracking, and how pages and reports show the field. */
const PASSED_OVER = [
  'description',
  'businessOwnerGroup',
  'businessStatus',
  'complianceGroup',
  'securityClassification',
  'trackFeedHistory',
  'trackHistory',
  'trackTrending',
  'displayLocationInDecimal',
  'visibleLines',
  'relationshipLabel',
  'relationshipOrder',
  'reparentableMasterDetail',
  'writeRequiresMasterRead',
  'startingNumber',
  // Of an empty field a formula of this org makes 0 or an empty text, as BlankAsZero and BlankAsBlank say of numbers and texts.
  'formulaTreatBlanksAs',
];
const KNOWN = new Set([...READ, ...PASSED_OVER]);

/** @param valueSets values of the global value sets, by name */
export function readField(
  element: Element,
  kind: 'record' | 'platformEvent',
  valueSets: ReadonlyMap<string, PicklistValue[]>,
): FieldReading {
  const name = textOf(element, 'fullName') ?? '';
  const typeName = textOf(element, 'type') ?? '';
  const type = TYPES[typeName];
  if (!/^[A-Za-z]\w*__c$/.test(name)) return { problem: `The name '${name}' of a custom field must end with __c.` };
  if (!typeName) return { problem: `Must specify a type for the field ${name}` };
  if (!type) return { problem: `Fields of type ${typeName} are not supported by this org.` };
  if (kind === 'platformEvent' && !EVENT_TYPES.has(typeName)) {
    return { problem: `A platform event cannot have a field of type ${typeName}.` };
  }
  const unknown = Object.keys(element).find((key) => !KNOWN.has(key));
  if (unknown) return { problem: `The element ${unknown} of a field is not supported by this org.` };
  const label = textOf(element, 'label');
  if (!label) return { problem: `Must specify a non-empty label for the CustomField ${name}` };

  const number = (key: string): number => Number(textOf(element, key) ?? 0);
  const calculation = calculationOf(element, typeName);
  if (typeof calculation === 'string') return { problem: calculation };
  const length = calculation && type === 'string' ? FORMULA_TEXT : number('length');
  if (['Text', 'LongTextArea', 'Html', 'EncryptedText'].includes(typeName) && !(length > 0))
    return { problem: `Must specify 'length' for a CustomField of type ${typeName}` };
  if (typeName === 'Text' && length > 255 && !calculation)
    return { problem: 'Text fields hold at most 255 characters.' };
  if (typeName === 'EncryptedText' && length > ENCRYPTED_LENGTH)
    return { problem: `Encrypted texts hold at most ${ENCRYPTED_LENGTH} characters.` };
  const mask = typeName === 'EncryptedText' ? maskOf(element) : undefined;
  if (typeof mask === 'string') return { problem: mask };
  if ((typeName === 'LongTextArea' || typeName === 'Html') && (length < 256 || length > 131_072)) {
    return { problem: 'Long text areas hold from 256 to 131,072 characters.' };
  }
  if (['double', 'currency', 'percent'].includes(type) && typeName !== 'Summary') {
    if (!textOf(element, 'precision') && !calculation)
      return { problem: `Must specify 'precision' for a CustomField of type ${typeName}` };
    if (number('precision') > 18 || number('scale') > number('precision')) {
      return { problem: `A precision of ${number('precision')} with a scale of ${number('scale')} is not possible.` };
    }
  }
  if (type === 'location' && !(number('scale') >= 0 && number('scale') <= 15 && textOf(element, 'scale')))
    return { problem: `Must specify 'scale' for a CustomField of type ${typeName}` };
  const required = flagOf(element, 'required');
  const values = valuesOf(element, valueSets);
  if (typeof values === 'string') return { problem: values };
  const fallback = calculation ? undefined : defaultOf(element, type, values?.values);
  if (fallback && 'problem' in fallback) return fallback;
  const autoNumber = typeName === 'AutoNumber';
  const displayFormat = textOf(element, 'displayFormat');
  if (autoNumber && !displayFormat)
    return { problem: `Must specify 'displayFormat' for a CustomField of type AutoNumber` };
  const master = typeName === 'MasterDetail';
  const referenceTo = textOf(element, 'referenceTo');
  if (type === 'reference' && !referenceTo)
    return { problem: `Must specify 'referenceTo' for a CustomField of type ${typeName}` };

  return {
    field: fieldDef({
      name,
      label,
      type,
      ...(length > 0 ? { length } : {}),
      ...(['double', 'currency', 'percent'].includes(type)
        ? { precision: number('precision') || 18, scale: number('scale') }
        : {}),
      ...(type === 'location' ? { scale: number('scale') } : {}),
      nillable: !(required || master || autoNumber || type === 'boolean'),
      createable: !autoNumber && !calculation && type !== 'location',
      updateable: !autoNumber && !calculation && type !== 'location',
      ...(calculation ? { calculation, defaultedOnCreate: false } : {}),
      ...(typeName === 'Html' ? { htmlFormatted: true } : {}),
      ...(mask ? { mask } : {}),
      unique: flagOf(element, 'unique'),
      externalId: flagOf(element, 'externalId'),
      ...(textOf(element, 'caseSensitive') === undefined ? {} : { caseSensitive: flagOf(element, 'caseSensitive') }),
      inlineHelpText: textOf(element, 'inlineHelpText') ?? null,
      autoNumber,
      ...(autoNumber && displayFormat ? { displayFormat } : {}),
      ...(values ? { picklistValues: values.values, restrictedPicklist: values.restricted } : {}),
      ...(fallback ? { defaultValue: fallback.value, defaultedOnCreate: true } : {}),
      ...(autoNumber ? { defaultedOnCreate: true } : {}),
      ...(type === 'reference'
        ? {
            referenceTo: [referenceTo ?? ''],
            relationshipName: `${name.slice(0, -1)}r`,
            ...childRelationship(name, textOf(element, 'relationshipName')),
            cascadeDelete: master || textOf(element, 'deleteConstraint') === 'Cascade',
          }
        : {}),
    }),
  };
}

function maskOf(element: Element): Mask | string {
  const character = { asterisk: '*', X: 'X' }[textOf(element, 'maskChar') ?? ''];
  const type = ['all', 'lastFour'].find((one) => one === textOf(element, 'maskType'));
  if ((character !== '*' && character !== 'X') || (type !== 'all' && type !== 'lastFour'))
    return 'A mask of asterisk or X, of all or lastFour, is what this org supports.';
  return { character, type };
}

/** The name that a query from the other end uses, under the field's own namespace. */
function childRelationship(field: string, relationship: string | undefined): { childRelationshipName?: string } {
  if (relationship === undefined) return {};
  const namespace = /^\w+?__(?=\w+__c$)/.exec(field)?.[0] ?? '';
  return { childRelationshipName: `${namespace}${relationship}__r` };
}

/** The values of a GlobalValueSet file. */
export function readValueSet(element: Element): PicklistValue[] {
  return childrenOf(element, 'customValue').map(picklistValue);
}

function picklistValue(value: Element): PicklistValue {
  const name = textOf(value, 'fullName') ?? '';
  return {
    value: name,
    label: textOf(value, 'label') ?? name,
    active: textOf(value, 'isActive') !== 'false',
    defaultValue: flagOf(value, 'default'),
  };
}

function valuesOf(
  element: Element,
  valueSets: ReadonlyMap<string, PicklistValue[]>,
): { values: PicklistValue[]; restricted: boolean } | string | undefined {
  const valueSet = childOf(element, 'valueSet');
  const picklist = /Picklist$/.test(textOf(element, 'type') ?? '');
  if (!picklist) return valueSet ? 'Only picklists have a value set.' : undefined;
  if (!valueSet) return 'Must specify a valueSet for a picklist';
  const setName = textOf(valueSet, 'valueSetName');
  const definition = childOf(valueSet, 'valueSetDefinition');
  if (childOf(valueSet, 'valueSettings') ?? textOf(valueSet, 'controllingField')) {
    return 'Dependent picklists are not supported by this org.';
  }
  if (setName) {
    const values = valueSets.get(setName);
    // A field on a global value set is always restricted.
    return values ? { values, restricted: true } : `The global value set ${setName} does not exist.`;
  }
  if (!definition) return 'A value set needs a definition or the name of a global value set.';
  const values = childrenOf(definition, 'value').map(picklistValue);
  const duplicate = values.find(({ value }, index) => values.findIndex((other) => other.value === value) !== index);
  if (duplicate) return `Duplicate value '${duplicate.value}' in a value set.`;
  return { values, restricted: flagOf(valueSet, 'restricted') };
}

/** Literals only: a default that is a formula would need the org's formula engine. */
function defaultOf(
  element: Element,
  type: FieldType,
  values: PicklistValue[] | undefined,
): { value: unknown } | { problem: string } | undefined {
  const text = textOf(element, 'defaultValue');
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') return { problem: 'A checkbox needs a defaultValue of true or false.' };
    return { value: text === 'true' };
  }
  if (text === undefined || text === '') {
    const chosen = values?.find((value) => value.defaultValue);
    return chosen && { value: chosen.value };
  }
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted) return { value: quoted[2] };
  if (['double', 'currency', 'percent'].includes(type) && Number.isFinite(Number(text))) return { value: Number(text) };
  return { problem: `The default value ${text} is a formula, which is not supported by this org.` };
}
