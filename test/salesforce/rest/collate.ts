// Which subrequests of a composite request are carried out together: those that differ in nothing but their object and do
// not depend on each other. What is collated is one transaction and comes before what stood between.
// Source: REST API Developer Guide, "Composite Request Body" collateSubrequests.
import { referencesIn } from './subrequests.ts';

interface Collatable {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Readonly<Record<string, string>> | undefined;
}

/** The default of `collateSubrequests` is true from here on; versions before 48 have no collation. */
const BY_DEFAULT = 49;
const POSSIBLE = 48;
const MAXIMUM_OBJECTS = 5;
const SOBJECT = /^\/services\/data\/(v[\d.]+)\/sobjects\/([^/?]+)/i;

/** @param version `67.0` */
export function isCollated(asked: boolean | undefined, version: string): boolean {
  const number = Number(version);
  return number >= POSSIBLE && (asked ?? number >= BY_DEFAULT);
}

/** The subrequests in the order in which they are carried out, those of one group together. */
export function collate<T extends Collatable>(subrequests: readonly T[]): T[][] {
  const groups: T[][] = [];
  const waiting = [...subrequests];
  const done = new Set<string>();
  for (let first = waiting.shift(); first; first = waiting.shift()) {
    const group = [first];
    const objects = new Set([objectOf(first)]);
    const kind = kindOf(first);
    for (const candidate of kind === undefined ? [] : [...waiting]) {
      const needs = referencesIn([candidate.url, candidate.body]);
      if (kindOf(candidate) !== kind || [...needs].some((id) => !done.has(id))) continue;
      if (!objects.has(objectOf(candidate)) && objects.size === MAXIMUM_OBJECTS) continue;
      objects.add(objectOf(candidate));
      group.push(candidate);
      waiting.splice(waiting.indexOf(candidate), 1);
    }
    for (const { referenceId } of group) done.add(referenceId);
    groups.push(group);
  }
  return groups;
}

/** The same for all that may stand in one group; undefined for what is never collated. */
function kindOf({ method, url, httpHeaders }: Collatable): string | undefined {
  const version = SOBJECT.exec(url)?.[1];
  if (version === undefined || Object.keys(httpHeaders ?? {}).length > 0) return undefined;
  return `${method} ${version}`;
}

function objectOf({ url }: Collatable): string {
  return SOBJECT.exec(url)?.[2]?.toLowerCase() ?? '';
}
