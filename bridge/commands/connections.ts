// The commands of a deployment of many connections, with their options. Their modules are loaded only when one is run.
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { readDeployment, type Deployment } from '../deployment/deployment.ts';
import type { Listed } from '../deployment/registry.ts';
import type { Environment } from '../config/environment.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { runUntilStopped } from './run.ts';

export interface ConnectionsTerminal {
  env: Environment;
  out(text: string): void;
  err(text: string): void;
}

/** @param finished called with whether all went well */
export function addConnectionCommands(
  program: Command,
  { env, out, err }: ConnectionsTerminal,
  finished: (code: number) => void,
): void {
  const connections = program
    .command('connections')
    .description('many Sellfire accounts, each with an org of its own, in one deployment');
  connections
    .command('start')
    .description('run all connections until SIGTERM or SIGINT, each in a process of its own')
    .action(async () => {
      const deployment = readDeployment(env);
      const { startDeployment } = await import('../deployment/service.ts');
      const start = async () => startDeployment(deployment);
      // Each connection has its time to stop, and then a little more.
      finished(await runUntilStopped({ start, shutdownSeconds: deployment.shutdownSeconds + STOP_GRACE_SECONDS }));
    });
  const fromFile = (command: Command): Command =>
    command.requiredOption('--env-file <path>', 'its variables, as an environment file; - reads standard input');
  fromFile(connections.command('add').argument('<name>', 'lower-case letters, digits and hyphens'))
    .description('add a connection; a deployment that runs starts it within a second')
    .action(async (name: string, { envFile }: { envFile: string }) => {
      const place = placeOf(env);
      const { addConnection } = await import('../deployment/manage.ts');
      const { url, leftOut } = await addConnection(place, name, await textOf(envFile));
      out(`Added ${name}. Its address is ${url}\n`);
      out(`Connect its org: npm run bridge -- --connection ${name} connect web\n`);
      sayLeftOut(leftOut);
    });
  fromFile(connections.command('change').argument('<name>'))
    .description('give a connection other variables; its process starts again with them')
    .action(async (name: string, { envFile }: { envFile: string }) => {
      const place = placeOf(env);
      const { changeConnection } = await import('../deployment/manage.ts');
      const { leftOut } = await changeConnection(place, name, await textOf(envFile));
      out(`Changed ${name}.\n`);
      sayLeftOut(leftOut);
    });
  connections
    .command('list')
    .description('say which connections there are, which process has each, and how it is')
    .option('--json', 'one line of JSON for each')
    .action(async ({ json }: { json?: boolean }) => {
      const place = placeOf(env);
      const { listConnections } = await import('../deployment/manage.ts');
      const { pathOf } = await import('../deployment/entry.ts');
      const all = await listConnections(place.deployment);
      for (const one of all) {
        const url = place.publicUrl + pathOf(one);
        const { name, org, holder, detail } = one;
        const state = stateOf(one);
        out(json ? `${JSON.stringify({ name, state, org, holder, detail, url })}\n` : lineOf(one, state, url));
      }
      if (all.length === 0 && !json) out('There is no connection. Add one: npm run bridge -- connections add --help\n');
    });
  connections
    .command('remove')
    .argument('<name>')
    .description('end a connection, revoke its sign-in, and delete its store and its variables')
    .action(async (name: string) => {
      const { removeConnection } = await import('../deployment/manage.ts');
      const left = await removeConnection(placeOf(env), name);
      out(`Removed ${name}.\n${left.map((line) => `Left to do: ${line}\n`).join('')}`);
      if (left.length > 0) finished(1);
    });

  function sayLeftOut(names: readonly string[]): void {
    if (names.length > 0) err(`Left out, because the deployment sets them or nobody reads them: ${names.join(', ')}\n`);
  }
}

/** Beyond the time of each connection. */
const STOP_GRACE_SECONDS = 10;

/** @throws BridgeError CONFIG_INVALID, PUBLIC_URL_MISSING */
function placeOf(env: Environment): { deployment: Deployment; publicUrl: string } {
  const deployment = readDeployment(env);
  return { deployment, publicUrl: publicUrlOf(deployment) };
}

/** The environment of one connection. @throws BridgeError CONNECTION_UNKNOWN, CONNECTION_SEALED, CONFIG_INVALID */
export async function connectionEnvironment(env: Environment, name: string): Promise<Environment> {
  const { environmentFor } = await import('../deployment/manage.ts');
  return environmentFor(placeOf(env), name);
}

/** The address of the running bridge. @throws BridgeError PUBLIC_URL_MISSING */
export function publicUrlOf({ publicUrl, host, port }: Pick<Deployment, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== undefined) return publicUrl;
  if (port !== 0) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  throw new BridgeError(explain('PUBLIC_URL_MISSING'));
}

const textOf = (path: string): Promise<string> => (path === '-' ? readAll(process.stdin) : readFile(path, 'utf8'));

function stateOf({ isRemoving, isHeld, state }: Listed): string {
  if (isRemoving) return 'removing';
  return isHeld && state !== null ? state : 'no process';
}

function lineOf({ name, org, holder, detail }: Listed, state: string, url: string): string {
  const words = detail ? `\n    ${detail.replaceAll('\n', '\n    ')}` : '';
  return `${name}  ${state}  ${org ?? 'no org'}  ${holder ?? '-'}  ${url}${words}\n`;
}
