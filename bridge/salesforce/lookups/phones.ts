// Fetches the Leads and Contacts that may have a phone number, in whatever format it was typed. SOQL searches for its digits in
// order, and the core decides which candidate has it. A record that is not fetched would be created a second time (M17).
import { createGatherer } from '../../lib/gather.ts';
import type { Gatherer } from '../../lib/gather.ts';
import { countryOfRecord } from '../../model/country.ts';
import { searchFor } from '../../model/phone.ts';
import type { PhoneCandidate } from '../../model/plan.ts';
import { PERSON_OBJECTS } from '../../model/salesforce.ts';
import type { PackageNames, PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { queryTogether } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { holdsPhone, identifier } from '../api/soql.ts';

/** URI and headers may take 16,384 bytes together (Salesforce Developer Limits); token and headers take some 3,000. */
const QUERY_BYTES = 12_000;

/** Per object: the phone fields that identify a record, and the fields that name the country of its numbers. */
export type PhoneFields = Record<PersonObject, { phones: string[]; countries: string[] }>;

export interface Phones {
  /** The records that may have each number (E.164), without converted Leads. Concurrent calls share queries. @throws PeerError */
  find(phones: string[], fields: PhoneFields): Promise<Map<string, PhoneCandidate[]>>;
}

export function createPhones(rest: Rest, names: PackageNames, { waitMs = 4 }: { waitMs?: number } = {}): Phones {
  const finders = new Map<string, Gatherer<string, PhoneCandidate[]>>();

  function finderFor(fields: PhoneFields): Gatherer<string, PhoneCandidate[]> {
    const key = JSON.stringify([fields.Lead, fields.Contact]);
    let finder = finders.get(key);
    if (!finder) {
      finder = createGatherer({ limit: 200, waitMs, run: (phones) => findAll(rest, names, phones, fields) });
      finders.set(key, finder);
    }
    return finder;
  }

  return {
    async find(phones, fields) {
      const finder = finderFor(fields);
      return new Map(await Promise.all(phones.map(async (phone) => [phone, await finder.load(phone)] as const)));
    },
  };
}

async function findAll(
  rest: Rest,
  names: PackageNames,
  phones: string[],
  fields: PhoneFields,
): Promise<PhoneCandidate[][]> {
  const queries = PERSON_OBJECTS.filter((object) => fields[object].phones.length > 0).flatMap((object) =>
    phoneQueries(object, names, [...new Set(phones)], fields[object]).map((soql) => ({ object, soql })),
  );
  const rows = await queryTogether(
    rest,
    queries.map(({ soql }) => soql),
  );
  const candidates = queries.flatMap(({ object }, index) =>
    (rows[index] ?? []).map((row) => candidateOf(object, row, names, fields[object].phones)),
  );
  // Two queries may find the same record.
  const found = [...new Map(candidates.map((one) => [one.id, one])).values()];
  return phones.map((phone) => {
    const mayHold = searchFor(phone);
    return found.filter((one) => Object.values(one.phones).some(mayHold));
  });
}

/** Returns as few queries as the length limit allows. Exported for its tests. */
export function phoneQueries(
  object: PersonObject,
  names: PackageNames,
  phones: string[],
  fields: PhoneFields[PersonObject],
): string[] {
  const columns = ['Id', 'Name', names.leadId, ...fields.phones, ...fields.countries].map(identifier);
  const head = `SELECT ${[...new Set(columns)].join(', ')} FROM ${object} WHERE `;
  const open = object === 'Lead' ? 'IsConverted = false AND ' : '';
  const queries: string[] = [];
  let conditions: string[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (conditions.length > 0) queries.push(`${head}${open}(${conditions.join(' OR ')})`);
    conditions = [];
    bytes = encodeURIComponent(head + open).length + 2;
  };
  finish();
  for (const phone of phones) {
    for (const field of fields.phones) {
      const condition = holdsPhone(field, phone);
      const length = encodeURIComponent(condition).length + '%20OR%20'.length;
      if (bytes + length > QUERY_BYTES) finish();
      conditions.push(condition);
      bytes += length;
    }
  }
  finish();
  return queries;
}

function candidateOf(
  object: PersonObject,
  row: SalesforceFields,
  names: PackageNames,
  fields: string[],
): PhoneCandidate {
  const { Id: id, Name: name, [names.leadId]: leadId } = row;
  return {
    object,
    id: String(id),
    name: String(name ?? ''),
    leadId: typeof leadId === 'string' ? leadId : null,
    phones: Object.fromEntries(
      fields.flatMap((field) => (typeof row[field] === 'string' ? [[field, row[field]] as const] : [])),
    ),
    country: countryOfRecord(object, row) ?? null,
  };
}
