// Finds the Leads and Contacts that hold a phone number, whatever format it was typed in: SOQL finds candidates by the
// digits in their order, and E.164 decides. One missed would be created a second time (M17); one too many would stop a
// creation that is due.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { createGatherer } from '../../lib/gather.ts';
import type { Gatherer } from '../../lib/gather.ts';
import type { PhoneHolder } from '../../model/plan.ts';
import { PERSON_OBJECTS } from '../../model/salesforce.ts';
import type { PackageNames, PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { digitsPattern, identifier } from '../api/soql.ts';

/** Numbers without a country code are of the United States: Sellfire sells there. */
const COUNTRY = 'US';
/** URI and headers may take 16,384 bytes together (Salesforce Developer Limits); token and headers take some 3,000. */
const QUERY_BYTES = 12_000;

/** Which phone fields decide, by object: those mapped to the Sellfire primary phone. */
export type PhoneFields = Record<PersonObject, string[]>;

export interface Phones {
  /** The holders of each number (E.164), converted leads left out; gathered with other callers'. @throws PeerError */
  find(phones: string[], fields: PhoneFields): Promise<Map<string, PhoneHolder[]>>;
}

export function createPhones(rest: Rest, names: PackageNames, { waitMs = 4 }: { waitMs?: number } = {}): Phones {
  const finders = new Map<string, Gatherer<string, PhoneHolder[]>>();

  function finderFor(fields: PhoneFields): Gatherer<string, PhoneHolder[]> {
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
): Promise<PhoneHolder[][]> {
  const holders = new Map<string, PhoneHolder[]>(phones.map((phone) => [phone, []]));
  for (const object of PERSON_OBJECTS) {
    if (fields[object].length === 0) continue;
    for (const soql of phoneQueries(object, names, [...holders.keys()], fields[object]))
      for await (const row of query(rest, soql))
        for (const phone of phonesOf(row, fields[object])) holders.get(phone)?.push(holderOf(object, row, names));
  }
  return phones.map((phone) => holders.get(phone) ?? []);
}

/** As few queries as their length allows. Exported for its tests. */
export function phoneQueries(object: PersonObject, names: PackageNames, phones: string[], fields: string[]): string[] {
  const columns = ['Id', 'Name', names.leadId, ...fields].map(identifier);
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
    const pattern = digitsPattern(nationalDigits(phone));
    for (const field of fields) {
      const condition = `${identifier(field)} LIKE ${pattern}`;
      const length = encodeURIComponent(condition).length + '%20OR%20'.length;
      if (bytes + length > QUERY_BYTES) finish();
      conditions.push(condition);
      bytes += length;
    }
  }
  finish();
  return queries;
}

/** Without the country code, which a number typed at home leaves out. */
function nationalDigits(phone: string): string {
  return parsePhoneNumberFromString(phone, COUNTRY)?.nationalNumber ?? phone.replace(/\D/g, '');
}

/** The numbers that a record's fields hold, each once. */
function phonesOf(row: SalesforceFields, fields: string[]): Set<string> {
  const phones = new Set<string>();
  for (const field of fields) {
    const value = row[field];
    const phone = typeof value === 'string' ? parsePhoneNumberFromString(value, COUNTRY)?.number : undefined;
    if (phone) phones.add(phone);
  }
  return phones;
}

function holderOf(object: PersonObject, row: SalesforceFields, names: PackageNames): PhoneHolder {
  const { Id: id, Name: name, [names.leadId]: leadId } = row;
  return { object, id: String(id), name: String(name ?? ''), leadId: typeof leadId === 'string' ? leadId : null };
}
