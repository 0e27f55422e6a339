// Runs a search: finds the records of each object whose fields hold what is searched for, then has SOQL select their fields.
// Deleted records are never found.
import { PlatformError, type FieldDef, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { runQuery, type JsonRecord } from '../soql.ts';
import { isText, quote } from '../tables.ts';
import { digitsOf, malformedSearch, parseSearch, wordsOf, type SearchTest } from './query.ts';
import type { Returning, Search, SearchGroup } from './sosl.ts';

/** What a search without RETURNING looks through. */
const BY_DEFAULT = ['Account', 'Contact', 'Lead', 'Opportunity', 'Product2', 'Task', 'User'];
/** Of settings, joins and permissions nothing can be found. */
const NOT_SEARCHABLE = new Set([
  'OpportunityContactRole',
  'OpportunityLineItem',
  'OpportunityStage',
  'Organization',
  'PermissionSet',
  'PermissionSetAssignment',
  'PricebookEntry',
  'Profile',
]);
const NAME_FIELDS = ['Name', 'FirstName', 'LastName'];
/** What counts as a name besides (SOQL and SOSL Reference, "IN SearchGroup"). */
const FURTHER_NAMES: Readonly<Record<string, string[]>> = {
  Account: ['Website', 'Site'],
  Contact: ['AssistantName'],
  Lead: ['Company'],
  Task: ['Subject'],
  User: ['CommunityNickname'],
};

/** @throws PlatformError MALFORMED_SEARCH, INVALID_TYPE, and what SOQL refuses */
export function runSearch(search: Search, { org, base }: { org: Org; base: string }): JsonRecord[] {
  const test = parseSearch(search.query);
  const returning: Returning[] = search.returning ?? byDefault(org);
  const found: JsonRecord[] = [];
  for (const { object: name, fields, rest, limit } of returning) {
    const object = org.schema.object(name);
    if (object.kind !== 'record' || NOT_SEARCHABLE.has(object.name)) {
      throw malformedSearch(`entity type ${object.name} does not support search`);
    }
    const among = matching(org, object, fieldsOf(object, search.group), test);
    if (among.length === 0) continue;
    const left = Math.min(limit ?? search.limit, search.limit - found.length);
    if (left <= 0) break;
    const soql = `SELECT ${fields.length > 0 ? fields.join(', ') : 'Id'} FROM ${object.name} ${rest} LIMIT ${left}`;
    const { schema, tables } = org;
    try {
      found.push(...runQuery(soql, { schema, tables, now: org.clock(), base, among }).records);
    } catch (error) {
      // What is no SOQL in the parentheses makes the search malformed.
      const malformed = error instanceof PlatformError && error.errorCode === 'MALFORMED_QUERY';
      throw malformed ? malformedSearch(error.message) : error;
    }
  }
  return found;
}

/** Of these, what the user may see. */
function byDefault({ schema }: Org): Returning[] {
  return BY_DEFAULT.filter((name) => schema.find(name)).map((object) => ({ object, fields: [], rest: '' }));
}

function fieldsOf(object: ObjectDef, group: SearchGroup): FieldDef[] {
  return [...object.fields.values()].filter((field) => {
    if (group === 'PHONE') return field.type === 'phone';
    if (group === 'EMAIL') return field.type === 'email';
    if (group === 'NAME') return [...NAME_FIELDS, ...(FURTHER_NAMES[object.name] ?? [])].includes(field.name);
    return (isText(field) || field.caseSensitive === true) && field.type !== 'address';
  });
}

/** Ids of the records that pass, oldest first. */
function matching(org: Org, object: ObjectDef, fields: readonly FieldDef[], test: SearchTest): string[] {
  if (fields.length === 0) return [];
  const columns = fields.map((field) => quote(field.name)).join(', ');
  const rows = org.tables
    .prepare(`SELECT "Id", ${columns} FROM ${quote(object.name)} WHERE "IsDeleted" = 0 ORDER BY "Id"`)
    .all() as unknown as Row[];
  const ids: string[] = [];
  for (const row of rows) {
    const texts: string[][] = [];
    const phones: string[] = [];
    for (const { name, type } of fields) {
      const value = row[name] ?? null;
      if (typeof value !== 'string') continue;
      texts.push(wordsOf(value));
      if (type === 'phone') phones.push(digitsOf(value));
    }
    if (test({ texts, phones })) ids.push(String(row['Id']));
  }
  return ids;
}
