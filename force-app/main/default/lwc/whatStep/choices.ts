// What can be chosen on both sides of the step What: every field, with the reason where it cannot be paired with the other side.
import type { PickerOption } from 'c/fieldPicker';
import type { Draft, Fields, SalesforceField, SalesforceObject, SellfireField } from 'c/fieldFit';
import { isKept, pairProblem } from 'c/mappingDraft';
import type { MappableObject } from 'c/mappingRecords';
import { triggersText } from 'c/mappingRules';
import { fill, objectLabel, salesforceType, sellfireType, sentence } from 'c/mappingTexts';
import { labels } from './labels';

export interface Choice {
  label: string;
  value: string;
}

/** Sellfire's objects in the order in which a lead gets them. */
const OBJECTS = ['lead', 'associated_contact', 'sale', 'sale_item'];
/** What every org has, until the bridge has written which objects can be mapped. */
const STANDARD = ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityLineItem'];

export const keyOf = (object: string, name: string): string => (name === '' ? '' : `${object}.${name}`);

const marks = (isRequired: boolean, isReadOnly: boolean): string =>
  [isRequired ? labels.required : '', isReadOnly ? labels.readOnly : ''].filter(Boolean).join(', ');

function reason(draft: Draft, fields: Fields): string {
  if (!fields.sellfire || !fields.salesforce) return '';
  const problem = pairProblem(draft, fields);
  return problem ? sentence(problem) : '';
}

/** @param kind `system` or `custom`: only these; anything else: all */
export function sellfireOptions(
  draft: Draft,
  all: readonly SellfireField[],
  kind: string,
  { object, salesforce }: Fields,
): PickerOption[] {
  const wanted = all.filter(({ custom }) => (kind === 'system' ? !custom : kind === 'custom' ? custom : true));
  const place = (field: SellfireField): number => (OBJECTS.indexOf(field.object) + 1 || OBJECTS.length + 1) - 1;
  return [...wanted]
    .sort((one, other) => place(one) - place(other))
    .map((field) => ({
      value: keyOf(field.object, field.name),
      label: field.label,
      name: field.name,
      type: sellfireType(field),
      marks: marks(field.required, field.readOnly),
      group: objectLabel(field.object),
      reason: reason(
        { ...draft, sellfireObject: field.object, sellfireField: field.name },
        { sellfire: field, object, salesforce },
      ),
    }));
}

export function salesforceOptions(
  draft: Draft,
  object: SalesforceObject | undefined,
  sellfire: SellfireField | undefined,
): PickerOption[] {
  const toOption = (field: SalesforceField): PickerOption => ({
    value: field.name,
    label: field.label,
    name: field.name,
    type: salesforceType(field),
    marks: marks(field.required, !field.createable && !field.updateable),
    group: '',
    reason: isKept(field.name)
      ? labels.kept
      : reason({ ...draft, salesforceField: field.name }, { sellfire, object, salesforce: field }),
  });
  return Object.values(object?.fields ?? {})
    .map(toOption)
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** The objects that can be mapped; one that none of the chosen moments reaches says which it needs. */
export function objectChoices({ triggers, salesforceObject }: Draft, objects: readonly MappableObject[]): Choice[] {
  const known = objects.length > 0 ? objects.map(({ name }) => name) : STANDARD;
  const choices = objects.map(({ name, label, triggers: reached }) => {
    const isReached = reached.length === 0 || triggers.some((trigger) => reached.includes(trigger));
    return { value: name, label: isReached ? label : fill(labels.moments, label, triggersText(reached)) };
  });
  const standard = objects.length > 0 ? [] : STANDARD.map((name) => ({ value: name, label: name }));
  const chosen = salesforceObject === '' || known.includes(salesforceObject) ? [] : [salesforceObject];
  return [...choices, ...standard, ...chosen.map((name) => ({ value: name, label: name }))];
}
