// What was handed out and can never be taken back: names, types and keys that orgs, mappings and the bridge rely on. The
// record of it is config/released.json, written when a version is promoted.
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { dirname, join } from 'node:path';
import { readExposed } from './lwc/exposed.ts';
import { readObjects, type PackageField } from './objects.ts';
import type { PackageSource } from './source.ts';

/** What an upgrade can never change in a field (2GP: "locked after release"). */
const fieldSchema = z.object({
  type: z.string(),
  externalId: z.boolean(),
  unique: z.boolean(),
  required: z.boolean(),
  length: z.number().optional(),
  relationshipName: z.string().optional(),
});
const releasedSchema = z.object({
  /** `Flow:Store_Integration_Report`, in order. */
  components: z.array(z.string()),
  /** By object, by field. */
  fields: z.record(z.string(), z.record(z.string(), fieldSchema)),
  /** Of exposed components: where they can be placed, and what can be set on them. */
  exposed: z
    .record(z.string(), z.object({ targets: z.array(z.string()), properties: z.array(z.string()) }))
    .default({}),
});
export type ReleasedField = z.infer<typeof fieldSchema>;
export type Released = z.infer<typeof releasedSchema>;

/** The record beside the package. @throws Error where there is none */
export async function readReleased({ directory }: PackageSource): Promise<Released> {
  return releasedSchema.parse(JSON.parse(await readFile(recordOf(directory), 'utf8')));
}

/** Records the package as it is now. */
export async function writeReleased(source: PackageSource): Promise<void> {
  await writeFile(recordOf(source.directory), `${JSON.stringify(await releasedOf(source), null, 2)}\n`);
}

function recordOf(directory: string): string {
  return join(dirname(directory), 'config', 'released.json');
}

async function releasedOf(source: PackageSource): Promise<Released> {
  const objects = [...readObjects(source).values()];
  return {
    components: componentsOf(source),
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        Object.fromEntries([...object.fields.values()].map((field) => [field.name, lockedOf(field)])),
      ]),
    ),
    exposed: await readExposed(source),
  };
}

/** Type and name of every file that is a component of its own. */
export function componentsOf(source: PackageSource): string[] {
  return source.metadata
    .filter((file) => file.root !== undefined && !file.path.includes('/fields/'))
    .map(({ path, name, root }) => {
      const parent = path.split('/').at(-3) ?? '';
      const inObject = path.includes('/objects/') && parent !== 'objects' && root?.name !== 'CustomObject';
      return `${root?.name ?? ''}:${inObject ? `${parent}.` : ''}${name}`;
    })
    .sort();
}

export function lockedOf(field: PackageField): ReleasedField {
  const { type, externalId, unique, required, length, relationshipName } = field;
  return {
    type,
    externalId,
    unique,
    required,
    ...(length === undefined ? {} : { length }),
    ...(relationshipName === undefined ? {} : { relationshipName }),
  };
}
