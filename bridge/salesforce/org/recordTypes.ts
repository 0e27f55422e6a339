// Reads the record type of new records of the connected user and the values that their restricted picklists accept. A describe lists
// the values of all record types, and Salesforce refuses those of another record type (M8).
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import { withSuffix } from '../../model/recordId.ts';
import {
  PERSON_ACCOUNT,
  type RecordTypeProblem,
  type SalesforceField,
  type SalesforceObject,
} from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

export const recordTypesSchema = z
  .array(
    z.object({
      name: z.string(),
      recordTypeId: z.string(),
      developerName: z.string().nullish(),
      active: z.boolean().default(true),
      available: z.boolean().default(true),
      defaultRecordTypeMapping: z.boolean(),
      master: z.boolean(),
    }),
  )
  .default([]);

const valuesSchema = z.object({
  picklistFieldValues: z.record(z.string(), z.object({ values: z.array(z.object({ value: z.string() })) })),
});

const personTypesSchema = z.object({ records: z.array(z.object({ Id: z.string() })) });

/**
 * Ids of the record types that make an Account a person. One API call where the org has person accounts.
 * Source: SOAP API Developer Guide, "Person Account Record Types".
 */
async function personTypes(rest: Rest, { name, fields }: SalesforceObject): Promise<Set<string>> {
  if (name !== 'Account' || !fields[PERSON_ACCOUNT]) return new Set();
  const q = `SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true`;
  const { records } = await rest.call({ method: 'GET', path: '/query', query: { q }, schema: personTypesSchema });
  return new Set(records.map(({ Id }) => Id));
}

type RecordType = z.infer<typeof recordTypesSchema>[number];

/** Whether a text of the settings names the record type: by its id, its API name or its label. */
function isNamed({ name, developerName, recordTypeId }: RecordType, wanted: string): boolean {
  if ((wanted.length === 15 ? withSuffix(wanted) : wanted) === recordTypeId) return true;
  return [developerName, name].some((one) => one?.trim().toLowerCase() === wanted.toLowerCase());
}

/** Why new records cannot have the record type; undefined where they can. */
function problemOf(type: RecordType | undefined, persons: ReadonlySet<string>): RecordTypeProblem['why'] | undefined {
  if (!type) return 'unknown';
  if (!type.active) return 'inactive';
  if (!type.available) return 'unavailable';
  return persons.has(type.recordTypeId) ? 'person' : undefined;
}

/**
 * @param wanted the record type of new records, as the settings name it; blank is the default of the connected user
 * Source: User Interface API Developer Guide, "Get Values for All Picklist Fields of a Record Type". @throws PeerError
 */
export async function withRecordType(
  rest: Rest,
  object: SalesforceObject,
  types: readonly RecordType[],
  wanted = '',
): Promise<SalesforceObject> {
  const own = types.filter(({ master }) => !master);
  const standard = own.find(({ defaultRecordTypeMapping }) => defaultRecordTypeMapping);
  if (!standard && wanted === '') return object;
  const persons = await personTypes(rest, object);
  if (wanted !== '') {
    const chosen = own.find((type) => isNamed(type, wanted));
    const why = problemOf(chosen, persons);
    const available = own.filter((type) => problemOf(type, persons) === undefined).map(({ name }) => name);
    if (why !== undefined || !chosen)
      return { ...object, recordTypeProblem: { wanted, why: why ?? 'unknown', available } };
    return withCreationValues(
      rest,
      { ...object, recordType: chosen.name, newRecordTypeId: chosen.recordTypeId },
      chosen,
    );
  }
  if (!standard) return object;
  const isPerson = persons.has(standard.recordTypeId);
  const given = isPerson ? own.find((type) => problemOf(type, persons) === undefined) : standard;
  if (!given) return { ...object, recordType: standard.name, onlyPersons: true };
  const named = { ...object, recordType: given.name, ...(isPerson ? { newRecordTypeId: given.recordTypeId } : {}) };
  return withCreationValues(rest, named, given);
}

/** Adds what the restricted picklists of a record of the type accept. One API call where there are any. */
async function withCreationValues(rest: Rest, object: SalesforceObject, given: RecordType): Promise<SalesforceObject> {
  if (!Object.values(object.fields).some(({ restrictedPicklist }) => restrictedPicklist)) return object;
  const path = `/ui-api/object-info/${identifier(object.name)}/picklist-values/${given.recordTypeId}`;
  let answer;
  try {
    answer = await rest.call({ method: 'GET', path, schema: valuesSchema });
  } catch (error) {
    // This API does not support every object. The values of the describe apply then.
    if (error instanceof PeerError && error.fault.class === 'record') return object;
    throw error;
  }
  const fields = Object.entries(object.fields).map(([name, field]): [string, SalesforceField] => {
    const values = answer.picklistFieldValues[name]?.values.map(({ value }) => value);
    return [name, field.restrictedPicklist && values ? { ...field, creationValues: values } : field];
  });
  return { ...object, fields: Object.fromEntries(fields) };
}
