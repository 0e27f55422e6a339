// Each assumption about a real org is a question that can be asked; here the local org answers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection } from 'jsforce';
import { PACKAGE_DIRECTORY, SOURCE_API_VERSION } from '../../scripts/package/project.ts';
import { readPackageSource } from '../../scripts/package/source.ts';
import { BY_HAND } from '../../scripts/prove/byHand.ts';
import { PROBES } from '../../scripts/prove/probes.ts';
import { prove, type Answer } from '../../scripts/prove/prove.ts';
import { startOrg, type RunningOrg } from '../salesforce/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let running: RunningOrg;
let connection: Connection;
beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE_DIRECTORY, namespace: 'sellfire' });
  connection = connect(running);
}, 60_000);
afterAll(() => running.close());

function connect({ org, restUrl, users }: RunningOrg): Connection {
  const { token } = org.sessions.open(users.admin.id, 'proof');
  return new Connection({ instanceUrl: restUrl, accessToken: token, version: SOURCE_API_VERSION });
}
function about(answers: Answer[], words: RegExp): Answer | undefined {
  return answers.find(({ assumption }) => words.test(assumption));
}

describe('the proof of an org', () => {
  it('gives a verdict in words on every assumption, under the namespace too', async () => {
    const source = await readPackageSource(PACKAGE_DIRECTORY);
    const answers = await prove(connection, source, { write: true });
    expect(answers).toHaveLength(PROBES.length);
    expect(answers.filter(({ words }) => !/^[^]{5,}[.…]$/.test(words))).toEqual([]);
    expect(about(answers, /Every field/)).toMatchObject({ verdict: 'holds' });
    expect(about(answers, /upsert on a key/)).toMatchObject({ verdict: 'holds', words: 'Two upserts, one record.' });
    expect(about(answers, /validation rule/)).toMatchObject({ verdict: 'holds' });
    expect(about(answers, /fight over one field/)).toMatchObject({
      verdict: 'holds',
      words: expect.stringMatching(/^“Another mapping sends to this Salesforce field .* Its number is FM-\d+\.”\.$/),
    });
    expect(about(answers, /only TypeScript/)).toMatchObject({ verdict: 'does not hold' });
  }, 60_000);

  it('leaves no record behind', () => {
    expect(running.org.find('sellfire__Organization__c', {})).toEqual([]);
    expect(running.org.find('sellfire__Sync_Settings__c', {})).toEqual([]);
    expect(running.org.find('sellfire__Field_Mapping__c', {})).toEqual([]);
  });

  it('creates nothing without --write', async () => {
    const answers = await prove(connection, await readPackageSource(PACKAGE_DIRECTORY));
    expect(about(answers, /upsert on a key/)?.words).toMatch(/Not asked/);
  }, 60_000);

  it('names the field that the org lacks', async () => {
    const source = await readPackageSource(PACKAGE_DIRECTORY);
    const metadata = source.metadata.map((file) =>
      file.name === 'Recording_Consent__c' ? { ...file, name: 'Recording_Rule__c' } : file,
    );
    expect(about(await prove(connection, { ...source, metadata }), /Every field/)).toMatchObject({
      verdict: 'does not hold',
      words: expect.stringContaining('Lead.Recording_Rule__c'),
    });
  }, 60_000);

  it('says that the package is not there', async () => {
    const bare = await startOrg();
    try {
      await expect(prove(connect(bare), await readPackageSource(PACKAGE_DIRECTORY))).rejects.toThrow(/not in this org/);
    } finally {
      await bare.close();
    }
  }, 60_000);

  it('asks an org that the Salesforce CLI is signed in to, by what the CLI keeps of it', async () => {
    const home = await mkdtemp(join(tmpdir(), 'cli-home-'));
    try {
      const env = { ...process.env, HOME: home, SF_DISABLE_TELEMETRY: 'true', SF_DISABLE_LOG_FILE: 'true' };
      const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { env, cwd: ROOT });
      // As `sf org login jwt --alias proof` does; in a process of its own, since the library looks for its home when it is loaded.
      const signIn = `
        import { AuthInfo } from '@salesforce/core';
        const [clientId, privateKeyFile, loginUrl, username] = process.argv.slice(1);
        const authInfo = await AuthInfo.create({ username, oauth2Options: { clientId, privateKeyFile, loginUrl } });
        await authInfo.handleAliasAndDefaultSettings({ alias: 'proof', setDefault: false, setDefaultDevHub: false });
        await authInfo.save();`;
      const { clientId, keyFile, restUrl, users } = running;
      await run('--input-type=module', '--eval', signIn, clientId, keyFile, restUrl, users.admin.username);
      const { stdout } = await run('scripts/proveOrg.ts', '--org', 'proof');
      expect(stdout).toMatch(/^holds +Every field/m);
      expect(stdout).toMatch(/Not asked: it creates a record/);
      await expect(run('scripts/proveOrg.ts', '--org', 'nobody')).rejects.toThrow(/nobody/);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }, 60_000);

  it('says what to do where no program can ask', () => {
    expect(BY_HAND.filter(({ how }) => how.length < 40)).toEqual([]);
  });
});
