// Fields that the org computes, as a package brings them: a formula over the record and its parents, or a roll-up summary of details.
// Source: Metadata API Developer Guide, "CustomField" formula, summaryForeignKey, summaryOperation, summarizedField.
import { OF_THE_MOMENT, SUMMARY_OPERATIONS, type Calculation } from '../calculated.ts';
import { parseFormula } from '../flows/formula.ts';
import type { FieldDef } from '../model.ts';
import type { Prospect } from './prospect.ts';
import { isMissing, missing } from './validationRules.ts';
import { textOf, type Element } from './xml.ts';

/** What a formula may give. */
const FORMULA_TYPES = new Set(['Checkbox', 'Currency', 'Date', 'DateTime', 'Number', 'Percent', 'Text']);

/** How the field is computed, or what of it this org cannot compute; undefined where people write it. */
export function calculationOf(element: Element, typeName: string): Calculation | string | undefined {
  if (typeName === 'Summary') return summaryOf(element);
  const expression = textOf(element, 'formula');
  if (expression === undefined) return undefined;
  if (!FORMULA_TYPES.has(typeName)) return `A field of type ${typeName} cannot be a formula.`;
  if (OF_THE_MOMENT.test(expression))
    return `A formula field that depends on the moment is not supported by this org: ${expression}`;
  try {
    const formula = parseFormula(expression);
    const far = formula.references.find((path) => path.startsWith('$') || path.split('.').length > 2);
    return far === undefined
      ? { kind: 'formula', formula }
      : `A formula field over more than one relationship, or of a global variable, is not supported by this org: ${far}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function summaryOf(element: Element): Calculation | string {
  const operation = SUMMARY_OPERATIONS.find((one) => one === textOf(element, 'summaryOperation'));
  const [child, reference] = (textOf(element, 'summaryForeignKey') ?? '').split('.');
  const [summarized, field] = (textOf(element, 'summarizedField') ?? '').split('.');
  if (!operation) return `'${textOf(element, 'summaryOperation') ?? ''}' is not a valid value for summaryOperation`;
  if (!child || !reference) return "Must specify 'summaryForeignKey' for a CustomField of type Summary";
  if (operation === 'count') return { kind: 'summary', operation, child, reference };
  if (summarized !== child || !field) return "Must specify 'summarizedField' of the object that is summarized";
  return { kind: 'summary', operation, child, reference, field };
}

/** @returns what the field is computed of and is not there, in words */
export function checkCalculation(object: string, { calculation }: FieldDef, prospect: Prospect): string[] {
  if (!calculation) return [];
  if (calculation.kind === 'formula')
    return calculation.formula.references.filter((path) => isMissing(object, path, prospect)).map(missing);
  const { child, reference, field } = calculation;
  const details = prospect.object(child);
  const master = details?.field(reference);
  if (!master?.referenceTo.includes(object) || master.cascadeDelete !== true)
    return [`${child}.${reference} is no master-detail relationship to ${object}.`];
  return field !== undefined && !details?.field(field) ? [missing(`${child}.${field}`)] : [];
}

/** A sum, a minimum or a maximum has the type and the digits of what it is made of. */
export function summarizedType(
  { calculation }: FieldDef,
  prospect: Prospect,
): Partial<Pick<FieldDef, 'type' | 'precision' | 'scale'>> {
  if (calculation?.kind !== 'summary' || calculation.field === undefined) return {};
  const field = prospect.object(calculation.child)?.field(calculation.field);
  return field ? { type: field.type, precision: field.precision, scale: field.scale } : {};
}
