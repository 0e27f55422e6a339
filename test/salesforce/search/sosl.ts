// Reads SOSL: what is searched for, in which fields, and what is selected of the records of each object. The part in an
// object's parentheses is SOQL, and is handed on as such.
// Source: SOQL and SOSL Reference, "SOSL Syntax", "IN SearchGroup", "RETURNING FieldSpec", "LIMIT n".
import { malformedSearch } from './query.ts';

export const GROUPS = ['ALL', 'EMAIL', 'NAME', 'PHONE'] as const;
export type SearchGroup = (typeof GROUPS)[number];

export interface Returning {
  object: string;
  /** Empty: the id. */
  fields: string[];
  /** `WHERE …`, `ORDER BY …` as written. */
  rest: string;
  limit?: number;
}

export interface Search {
  query: string;
  group: SearchGroup;
  /** Absent: every object that can be searched, by id. */
  returning?: Returning[];
  limit: number;
}

/** More results there are none (SOSL limits). */
export const MAXIMUM_RESULTS = 2_000;

/** @throws PlatformError MALFORMED_SEARCH */
export function parseSosl(sosl: string): Search {
  const opened = /^\s*FIND\s*\{/i.exec(sosl);
  if (!opened) throw malformedSearch(`unexpected token: '${sosl.trim().split(/\s/)[0] ?? ''}'`);
  const end = closing(sosl, opened[0].length);
  const query = sosl.slice(opened[0].length, end);
  let rest = sosl.slice(end + 1);
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(rest) ?? undefined;
    if (found) rest = rest.slice(found[0].length);
    return found;
  };

  const group = take(/^\s*IN\s+(\w+)\s+FIELDS\b/i)?.[1]?.toUpperCase() ?? 'ALL';
  if (!isGroup(group)) throw malformedSearch(`IN ${group} FIELDS is not supported in this org`);
  const returning = take(/^\s*RETURNING\b/i) ? objects(take) : undefined;
  const limit = take(/^\s*LIMIT\s+(\d+)/i)?.[1];
  const clause = /^\s*(USING|WITH|UPDATE)\b/i.exec(rest)?.[1];
  if (clause) throw malformedSearch(`${clause.toUpperCase()} is not supported in this org`);
  if (rest.trim() !== '') throw malformedSearch(`unexpected token: '${rest.trim().split(/\s/)[0] ?? ''}'`);
  const most = Math.min(MAXIMUM_RESULTS, limit === undefined ? MAXIMUM_RESULTS : Number(limit));
  return { query, group, limit: most, ...(returning && { returning }) };
}

export function isGroup(name: string): name is SearchGroup {
  return (GROUPS as readonly string[]).includes(name);
}

/** Where the brace that is open closes; an escaped one does not. */
function closing(sosl: string, from: number): number {
  for (let at = from; at < sosl.length; at += 1) {
    if (sosl.charAt(at) === '\\') at += 1;
    else if (sosl.charAt(at) === '}') return at;
  }
  throw malformedSearch("expecting a right curly bracket, found '<EOF>'");
}

function objects(take: (pattern: RegExp) => RegExpExecArray | undefined): Returning[] {
  const found: Returning[] = [];
  do {
    const object = take(/^\s*(\w+)\s*/)?.[1];
    if (object === undefined) throw malformedSearch("unexpected token: '<EOF>' in RETURNING");
    // Texts may hold parentheses; a subquery's are counted one level deep.
    const inner = take(/^\(((?:'(?:\\.|[^'\\])*'|\((?:'(?:\\.|[^'\\])*'|[^()'])*\)|[^()'])*)\)/s)?.[1];
    found.push({ object, ...fieldSpec(inner ?? '') });
  } while (take(/^\s*,/));
  return found;
}

function fieldSpec(inner: string): Omit<Returning, 'object'> {
  const [, list = '', clauses = ''] = /^(.*?)((?:\b(?:WHERE|ORDER\s+BY|LIMIT|OFFSET|USING)\b.*)?)$/is.exec(inner) ?? [];
  const fields = list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const limit = /\bLIMIT\s+(\d+)\s*$/i.exec(clauses);
  const rest = limit ? clauses.slice(0, limit.index) : clauses;
  return { fields, rest: rest.trim(), ...(limit && { limit: Number(limit[1]) }) };
}
