// Finds what keeps every lead from being created, whatever its values (M17, M18, B23): it is said once for the object, and not with
// each lead that waits.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { CreationTarget, SyncConfig } from '../../model/config.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import { asMessage } from '../../model/message.ts';
import { recordTypeProblem } from '../../model/recordType.ts';
import type { PersonObject, SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import { mappedFields, towardsSalesforce } from '../mapping/rules.ts';

/** Codes with which a lead waits that may be created once the org's fields or rights have changed. */
export const HELD_UP_CODES = [
  'CREATION_PAUSED',
  'NOTHING_MAPPED',
  'REQUIRED_UNMAPPED',
  'REQUIRED_FIELD_MISSING',
  'RECORD_TYPE_UNAVAILABLE',
];

/** Why no record of the object can be created; undefined where one can. */
export function creationObstacle(config: SyncConfig, object: PersonObject): Explanation | undefined {
  const described = config.objects[object];
  if (!described) return explain('NOTHING_MAPPED', { object });
  const mapped = mappedFields(config, [object]).filter((field) => towardsSalesforce(field.mapping.rule));
  if (!mapped.some((field) => field.sellfire.name === PRIMARY_PHONE))
    return explain('PHONE_UNMAPPED.towardsSalesforce', { object });
  const unmapped = requiredOf(described).filter(
    (field) => !mapped.some((candidate) => candidate.salesforce.name === field.name),
  );
  const ofType = recordTypeProblem(config.objects, object);
  if (ofType) return ofType;
  const refusal = config.creationRefusals?.[object];
  if (unmapped.length === 0) return refusal && !refusal.isTried ? refusal.why : undefined;
  const fields = unmapped.map((field) => field.label).join(', ');
  return explain('REQUIRED_UNMAPPED.onCreation', { fields, object });
}

/** Why creation stands still, where an admin has turned it on and mapped what it needs. */
export function creationPause(config: SyncConfig, target: CreationTarget): Explanation | undefined {
  return target === 'Sellfire' ? leadCreationPause(config) : recordCreationPause(config, target);
}

/** Why no lead is created in Sellfire. */
function leadCreationPause({ settings, creationRefusals }: SyncConfig): Explanation | undefined {
  const refusal = creationRefusals?.Sellfire;
  return settings.createInSellfire && refusal && !refusal.isTried ? leadsPausedBy(refusal.why) : undefined;
}

export const leadsPausedBy = (why: Explanation): Explanation =>
  explain('LEAD_CREATION_PAUSED', { why: asMessage(why) });

function recordCreationPause(config: SyncConfig, object: PersonObject): Explanation | undefined {
  const isMeant =
    config.settings.createInSalesforce &&
    config.mappings.some(
      ({ salesforceObject, sellfireField, triggers, rule }) =>
        salesforceObject === object &&
        sellfireField === PRIMARY_PHONE &&
        triggers.includes('createUpdate') &&
        towardsSalesforce(rule),
    );
  const why = isMeant ? creationObstacle(config, object) : undefined;
  return why && explain('CREATION_PAUSED', { object, why: asMessage(why) });
}

/** The fields without which the object takes no new record. */
export const requiredOf = ({ fields }: SalesforceObject): SalesforceField[] =>
  Object.values(fields).filter(
    (field) => !field.nillable && field.createable && !field.defaultedOnCreate && field.type !== 'boolean',
  );
