// Migrates a store's schema to this version, forward only. A store of a newer version is refused.
import { readdirSync, readFileSync } from 'node:fs';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';

/** A schema, within one transaction that the caller commits. */
export interface Schema {
  /** The names of the steps that were taken, in order. */
  executed(): string[] | Promise<string[]>;
  /** Runs a step and notes its name. */
  take(name: string, sql: string): void | Promise<void>;
}

/** The names of the steps of this version, in order. */
export const stepsIn = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort();

/** Safe to run at every start. @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER */
export async function takeSteps(schema: Schema, folder: URL): Promise<string[]> {
  const known = stepsIn(folder);
  const executed = await schema.executed();
  const newer = executed.filter((name) => !known.includes(name));
  if (newer.length > 0) throw new BridgeError(explain('STORE_NEWER', { migrations: newer.join(', ') }));
  if (executed.length === known.length) return [];
  // Loaded only when a step is pending: it brings a command line with it, which most starts need not wait for.
  const { Umzug } = await import('umzug');
  const umzug = new Umzug<Schema>({
    context: schema,
    logger: undefined,
    migrations: known.map((name) => ({
      name,
      up: async ({ context }) => context.take(name, readFileSync(new URL(name, folder), 'utf8')),
    })),
    storage: {
      executed: async () => schema.executed(),
      // `take` has noted it.
      async logMigration() {},
      async unlogMigration({ name }) {
        throw new Error(`Migrations go forward only; ${name} cannot be undone.`);
      },
    },
  });
  return (await umzug.up()).map((step) => step.name);
}
