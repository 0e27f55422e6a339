// Reads the record type of new records of the connected user and the values that their restricted picklists accept. A describe lists
// the values of all record types, and Salesforce refuses those of another record type (M8).
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import type { SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

export const recordTypesSchema = z
  .array(
    z.object({
      name: z.string(),
      recordTypeId: z.string(),
      defaultRecordTypeMapping: z.boolean(),
      master: z.boolean(),
    }),
  )
  .default([]);

const valuesSchema = z.object({
  picklistFieldValues: z.record(z.string(), z.object({ values: z.array(z.object({ value: z.string() })) })),
});

/** Source: User Interface API Developer Guide, "Get Values for All Picklist Fields of a Record Type". @throws PeerError */
export async function withRecordType(
  rest: Rest,
  object: SalesforceObject,
  types: z.infer<typeof recordTypesSchema>,
): Promise<SalesforceObject> {
  const standard = types.find(({ defaultRecordTypeMapping, master }) => defaultRecordTypeMapping && !master);
  if (!standard) return object;
  const named = { ...object, recordType: standard.name };
  if (!Object.values(object.fields).some(({ restrictedPicklist }) => restrictedPicklist)) return named;
  const path = `/ui-api/object-info/${identifier(object.name)}/picklist-values/${standard.recordTypeId}`;
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
