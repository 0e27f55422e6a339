// The fields of the standard objects, from the facts that the local org is built of.
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const FACTS = new URL('../../test/salesforce/standard/', import.meta.url);
const factsSchema = z.object({ name: z.string(), fields: z.array(z.object({ name: z.string() })) });

let cached: Map<string, Set<string>> | undefined;

/** Field names by object. The fields that every record has (Id, the stamps) are not among them. */
export function standardFields(): ReadonlyMap<string, ReadonlySet<string>> {
  cached ??= new Map(
    readdirSync(FACTS)
      .filter((file) => file.endsWith('.json'))
      .map((file): unknown => JSON.parse(readFileSync(new URL(file, FACTS), 'utf8')))
      // Beside the objects there are lists of records that an org is born with.
      .filter((facts) => !Array.isArray(facts))
      .map((facts) => factsSchema.parse(facts))
      .map(({ name, fields }) => [name, new Set(fields.map((field) => field.name))]),
  );
  return cached;
}
