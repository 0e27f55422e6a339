// Proves in an org what was taken for granted: one verdict in words per assumption. Without --org it starts the local org,
// which proves that each question can be asked; a real org gives the answers that count.
// `node scripts/proveOrg.ts --org my-sandbox --write`
import { Command } from 'commander';
import { Connection } from 'jsforce';
import { PACKAGE_DIRECTORY, SOURCE_API_VERSION } from './package/project.ts';
import { readPackageSource } from './package/source.ts';
import { BY_HAND } from './prove/byHand.ts';
import { prove } from './prove/prove.ts';

const { org, write } = new Command('prove:org')
  .description('Asks an org whether what the package and the bridge take for granted holds there.')
  .option('--org <alias>', 'an org that the Salesforce CLI is signed in to; otherwise the local org')
  .option('--write', 'also ask what needs a record to be created and deleted again')
  .parse()
  .opts<{ org?: string; write?: true }>();

interface Open {
  instanceUrl: string;
  accessToken: string;
  close(): Promise<void>;
}

/** By what the CLI keeps of the org, in its own library. @throws Error where it keeps nothing, or the sign-in is over */
async function signedIn(alias: string): Promise<Open> {
  // Only here: it takes a second to load, and makes folders of its own in the home folder.
  const { Org } = await import('@salesforce/core');
  const org = await Org.create({ aliasOrUsername: alias });
  await org.refreshAuth();
  const { accessToken, instanceUrl } = org.getConnection();
  if (!accessToken)
    throw new Error(`The CLI has no session of ${alias}. Sign in with: sf org login web --alias ${alias}`);
  return { accessToken, instanceUrl, close: () => Promise.resolve() };
}

async function local(): Promise<Open> {
  const { startOrg } = await import('../test/salesforce/server.ts');
  const running = await startOrg({ deploy: PACKAGE_DIRECTORY });
  const { token } = running.org.sessions.open(running.users.admin.id, 'proof');
  return { instanceUrl: running.restUrl, accessToken: token, close: () => running.close() };
}

try {
  const { close, ...session } = await (org === undefined ? local() : signedIn(org));
  try {
    const connection = new Connection({ ...session, version: SOURCE_API_VERSION });
    const source = await readPackageSource(PACKAGE_DIRECTORY);
    const answers = await prove(connection, source, { write: write ?? org === undefined });
    for (const { assumption, verdict, words } of answers)
      console.log(`${verdict.padEnd(14)} ${assumption}.\n${' '.repeat(15)}${words}`);
    for (const { assumption, how } of BY_HAND)
      console.log(`${'by hand'.padEnd(14)} ${assumption}.\n${' '.repeat(15)}${how}`);
    const count = (verdict: string): number => answers.filter((answer) => answer.verdict === verdict).length;
    console.log(
      `${count('holds')} hold, ${count('does not hold')} do not, ${count('unknown')} are unknown, ${BY_HAND.length} by hand.`,
    );
  } finally {
    await close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
