// Fields whose changes no change event carries, though REST shows them: formulas, roll-up summaries, and compounds such as Name, of
// which events carry the parts. They are read whenever an event of their record arrives, and by the daily comparison.
// Source: Change Data Capture Developer Guide, "Change Event Body Fields".
import type { SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import { compiled } from './compiled.ts';
import { mappedFields, towardsSellfire } from './rules.ts';

export function isUnreported(object: SalesforceObject | undefined, field: SalesforceField): boolean {
  if (field.calculated) return true;
  const parts = Object.values(object?.fields ?? {});
  return parts.some(({ name, compoundFieldName }) => compoundFieldName === field.name && name !== field.name);
}

/** The mapped fields of an object that Sellfire gets and no event carries. */
export const unreportedFields = compiled((config, objects): readonly string[] => {
  const fields = objects.flatMap((object) =>
    mappedFields(config, [object]).filter(
      ({ mapping, salesforce }) =>
        towardsSellfire(mapping.rule, 'any') && isUnreported(config.objects[object], salesforce),
    ),
  );
  return [...new Set(fields.map(({ salesforce }) => salesforce.name))];
});
