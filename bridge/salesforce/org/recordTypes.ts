// Reads the record type of new records of the connected user and the values that their restricted picklists accept. A describe lists
// the values of all record types, and Salesforce refuses those of another record type (M8).
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import { PERSON_ACCOUNT, type SalesforceField, type SalesforceObject } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

export const recordTypesSchema = z
  .array(
    z.object({
      name: z.string(),
      recordTypeId: z.string(),
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

/** Source: User Interface API Developer Guide, "Get Values for All Picklist Fields of a Record Type". @throws PeerError */
export async function withRecordType(
  rest: Rest,
  object: SalesforceObject,
  types: z.infer<typeof recordTypesSchema>,
): Promise<SalesforceObject> {
  const standard = types.find(({ defaultRecordTypeMapping, master }) => defaultRecordTypeMapping && !master);
  if (!standard) return object;
  const persons = await personTypes(rest, object);
  const isPerson = persons.has(standard.recordTypeId);
  const given = isPerson
    ? types.find(
        ({ recordTypeId, active, available, master }) => active && available && !master && !persons.has(recordTypeId),
      )
    : standard;
  if (!given) return { ...object, recordType: standard.name, onlyPersons: true };
  const named = { ...object, recordType: given.name, ...(isPerson ? { newRecordTypeId: given.recordTypeId } : {}) };
  if (!Object.values(object.fields).some(({ restrictedPicklist }) => restrictedPicklist)) return named;
  const path = `/ui-api/object-info/${identifier(object.name)}/picklist-values/${given.recordTypeId}`;
  let answer;
  try {
    answer = await rest.call({ method: 'GET', path, schema: valuesSchema });
  } catch (error) {
    // This API does not support every object. The values of the describe apply then.
    if (error instanceof PeerError && error.fault.class === 'record') return named;
    throw error;
  }
  const fields = Object.entries(object.fields).map(([name, field]): [string, SalesforceField] => {
    const values = answer.picklistFieldValues[name]?.values.map(({ value }) => value);
    return [name, field.restrictedPicklist && values ? { ...field, creationValues: values } : field];
  });
  return { ...named, fields: Object.fromEntries(fields) };
}
