// Asks an org every question, and goes on when one cannot be asked.
import type { Connection } from 'jsforce';
import type { PackageSource } from '../package/source.ts';
import { codeOf, unknown, type Finding } from './probe.ts';
import { PROBES } from './probes.ts';

export interface Answer extends Finding {
  assumption: string;
}

/** @throws Error where the package is not in the org: nothing else could be proven then */
export async function prove(
  connection: Connection,
  source: PackageSource,
  { write = false }: { write?: boolean } = {},
): Promise<Answer[]> {
  const prefix = await prefixIn(connection);
  const answers: Answer[] = [];
  for (const { assumption, writes, ask } of PROBES) {
    let finding: Finding;
    try {
      finding =
        writes && !write
          ? unknown('Not asked: it creates a record and deletes it again. Ask with --write.')
          : await ask({ connection, source, prefix });
    } catch (error) {
      finding = unknown(`The question could not be asked: ${codeOf(error)}.`);
    }
    answers.push({ assumption, ...finding });
  }
  return answers;
}

/** The namespace of the package in this org, with its underscores. */
async function prefixIn(connection: Connection): Promise<string> {
  const { sobjects } = await connection.describeGlobal();
  const found = sobjects
    .map(({ name }) => /^((?:\w+?__)?)Field_Mapping__c$/.exec(name)?.[1])
    .find((one) => one !== undefined);
  if (found === undefined)
    throw new Error('The package is not in this org, or the signed-in user may not see its objects.');
  return found;
}
