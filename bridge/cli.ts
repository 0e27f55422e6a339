#!/usr/bin/env node
// The command line: each command reads the configuration, loads its modules and calls one function. An error is printed as a sentence
// with what to do about it; its stack appears at debug level only.
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError } from 'commander';
import { addConnectionCommands, connectionEnvironment, publicUrlOf } from './commands/connections.ts';
import { addRequestCommands } from './commands/requests.ts';
import { runUntilStopped } from './commands/run.ts';
import { readConfig, type Config } from './config.ts';
import { describeConfig } from './config/describe.ts';
import type { Environment } from './config/environment.ts';
import { readDeployment } from './deployment/deployment.ts';
import type { Check } from './http/health.ts';
import { BridgeError, PeerError } from './model/fault.ts';

export const EXIT = {
  ok: 0,
  /** The command ran and failed. */
  failed: 1,
  /** The command could not run: the command line or the configuration is wrong. */
  usage: 2,
} as const;

const EXIT_HELP = `
Exit codes: 0 done · 1 failed (for doctor: something has to be put right) · 2 wrong command line or configuration
The configuration is read from the environment; --print-config shows what was read, without secrets.`;

export interface Terminal {
  env: Environment;
  out(text: string): void;
  err(text: string): void;
  /** Whether a line of `err` can be overwritten. Default: no. */
  tty?: boolean;
}

/** @param argv without the program's own names. @returns the exit code */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { env, out } = terminal;
  let exit: number = EXIT.ok;
  const program = new Command('bridge')
    .description('Keeps Sellfire and Salesforce in step.')
    .option('--connection <name>', 'the command is about this connection of a deployment')
    .option('--print-config', 'print the configuration without secrets, and do nothing else')
    .addHelpText('after', EXIT_HELP)
    .configureOutput({ writeOut: out, writeErr: terminal.err })
    .allowExcessArguments(false)
    .exitOverride();

  /** Runs an action with the configuration, or prints the configuration for `--print-config`. */
  const configured =
    <A extends unknown[]>(action: (config: Config, ...given: A) => Promise<number | undefined>) =>
    async (...given: A): Promise<void> => {
      const { printConfig, connection } = program.opts<{ printConfig?: boolean; connection?: string }>();
      const config = readConfig(connection === undefined ? env : await connectionEnvironment(env, connection));
      if (printConfig) out(`${JSON.stringify(describeConfig(config), undefined, 2)}\n`);
      else exit = (await action(config, ...given)) ?? EXIT.ok;
    };

  const withoutCommand = configured(async () => EXIT.ok);
  program.action(() => {
    const [unknown] = program.args;
    if (unknown !== undefined)
      program.error(`error: unknown command '${unknown}'\n(bridge --help lists the commands.)`);
    if (program.opts<{ printConfig?: boolean }>().printConfig) return withoutCommand();
    program.outputHelp({ error: true });
    exit = EXIT.usage;
    return undefined;
  });
  program
    .command('start')
    .description('run the bridge until SIGTERM or SIGINT')
    .action(
      configured(async (config) => {
        const { startService, startInDeployment } = await import('./service.ts');
        const start = async () => {
          const service = await (isDeployed(config) ? startInDeployment(config) : startService(config));
          // Node writes its compile cache at the end of a process, and one that is killed has none.
          flushCompileCache();
          return service;
        };
        return runUntilStopped({ start, shutdownSeconds: config.shutdownSeconds });
      }),
    );
  program
    .command('doctor')
    .description('check everything the bridge needs, and say what has to be put right')
    .action(
      configured(async (config) => {
        const { doctor } = await import('./service.ts');
        const checks = await doctor(config);
        out(checks.map(lineOf).join(''));
        return checks.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed;
      }),
    );
  program
    .command('status')
    .description('say which processes share the database, and which of them leads; fails where none does')
    .action(
      configured(async (config) => {
        const { statusOf } = await import('./service.ts');
        const { lines, isLed } = await statusOf(config);
        out(`${lines.join('\n')}\n`);
        return isLed ? EXIT.ok : EXIT.failed;
      }),
    );
  program
    .command('move-store')
    .description(
      'move the store from its file to the database of DATABASE_URL, while the bridge is stopped; may be interrupted and run again',
    )
    .action(
      configured(async (config) => {
        const { moveStoreToDatabase } = await import('./service.ts');
        const { rows, file } = await moveStoreToDatabase(config, (line) => terminal.err(`${line}\n`));
        out(
          `Moved: ${Object.entries(rows)
            .map(([name, count]) => `${name} ${count}`)
            .join(', ')}. The file is now ${file}.\n`,
        );
        return EXIT.ok;
      }),
    );
  const connect = program.command('connect').description('connect a Salesforce org');
  connect
    .command('jwt')
    .description('sign in with SALESFORCE_JWT_KEY as SALESFORCE_USERNAME, without a browser')
    .action(
      configured(async (config) => {
        const { connectJwt, connectWithKeyOf } = await import('./service.ts');
        const name = config.connection?.name;
        const { orgId, orgName, user, permissions } = await (name === undefined
          ? connectJwt(config)
          : connectWithKeyOf(readDeployment(env), name, config));
        out(`Connected to ${orgName} (${orgId}) as ${user}.\n`);
        out(permissions.map(({ name, ok, detail }) => lineOf({ name, ok, detail: detail ?? '' })).join(''));
        return permissions.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed;
      }),
    );
  connect
    .command('web')
    .description('print a link, good for five minutes, at which an admin signs in; the bridge has to be running')
    .action(
      configured(async (config) => {
        const { connectLink } = await import('./http/signIn.ts');
        out(`${connectLink(publicUrlOf(config), config.sellfire.webhookSecret)}\n`);
        return EXIT.ok;
      }),
    );
  program
    .command('disconnect')
    .alias('revoke')
    .argument('<org-id>', 'the 18-character id of the org')
    .description('stop syncing with an org and revoke its token; its configuration stays in the org')
    .action(
      configured(async (config, orgId: string) => {
        const { disconnect } = await import('./service.ts');
        await disconnect(config, publicUrlOf(config), orgId);
        out(`Disconnected ${orgId}. The bridge has forgotten its sign-in, which Salesforce has revoked.\n`);
        if (config.salesforce.jwt)
          out(
            'The key of SALESFORCE_JWT_KEY still signs in: take it, or the user, from the app to end that as well.\n',
          );
        return EXIT.ok;
      }),
    );

  for (const { name, state, description, done } of SYNC_COMMANDS)
    program
      .command(name)
      .argument('<org-id>', 'the 18-character id of the org')
      .description(description)
      .action(
        configured(async (config, orgId: string) => {
          const { setSyncState } = await import('./service.ts');
          await setSyncState(config, publicUrlOf(config), orgId, state);
          out(`${done}\n`);
          return EXIT.ok;
        }),
      );

  addConnectionCommands(program, terminal, (code) => void (exit = code));
  addRequestCommands(program, (type, given) =>
    configured(async (config) => {
      const { sendRequest, toRequest, writeSales } = await import('./service.ts');
      const request = toRequest(type, given);
      if (request.file === undefined)
        return (await sendRequest(config, request, { out, err: terminal.err, tty: terminal.tty ?? false }))
          ? EXIT.ok
          : EXIT.failed;
      const { sales, left } = await writeSales(config, request.parameters, request.file);
      out(`${sales} sales are in ${request.file}.\n${left.map((line) => `Left out: ${line}\n`).join('')}`);
      return left.length === 0 ? EXIT.ok : EXIT.failed;
    })(),
  );

  // Of the program itself a word too many is the name of a command that it lacks. What the commands allow they have taken over above.
  program.allowExcessArguments(true);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.err(wordsFor(error, /^(debug|trace)$/.test(env['LOG_LEVEL'] ?? '')));
    return error instanceof BridgeError && USAGE.includes(error.code) ? EXIT.usage : EXIT.failed;
  }
}

/** The actions of Home, for a set-up without a browser (B20). */
const SYNC_COMMANDS = [
  {
    name: 'start-sync',
    state: 'Running',
    done: 'Sync has started.',
    description: 'start syncing with an org that was connected: before that nothing is written',
  },
  {
    name: 'pause-sync',
    state: 'Paused',
    done: 'Sync is paused.',
    description: 'write nothing in either system until it is resumed; what changes meanwhile is kept',
  },
  {
    name: 'resume-sync',
    state: 'Running',
    done: 'Sync goes on.',
    description: 'go on after a pause, with what has changed meanwhile',
  },
] as const;

const USAGE: readonly string[] = ['CONFIG_INVALID', 'CONNECTION_NAME_INVALID', 'PARAMETERS_INVALID'];

/** Whether it is the process of a connection of a deployment, which has started it. */
const isDeployed = (config: Config): boolean => config.connection !== undefined && process.send !== undefined;

const lineOf = ({ name, ok, detail }: Check): string =>
  `${ok ? '✓' : '✗'} ${name}${detail === '' ? '' : `: ${detail}`}\n`;

/** An error as a sentence; with its stack and causes at debug level. */
function wordsFor(error: unknown, debugging: boolean): string {
  const lines: string[] = [];
  if (error instanceof BridgeError) lines.push(`${error.code}: ${error.message}`, `What to do: ${error.action}`);
  else if (error instanceof PeerError) lines.push(`${error.peer} answered ${error.message}`);
  else lines.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  for (let cause = error; debugging && cause instanceof Error; cause = cause.cause)
    lines.push(cause.stack ?? cause.message);
  if (!debugging) lines.push('(LOG_LEVEL=debug shows more.)');
  return `${lines.join('\n')}\n`;
}

/** Runs as the whole of the process. */
export async function main(): Promise<never> {
  const code = await run(process.argv.slice(2), {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    tty: process.stderr.isTTY,
  });
  // An empty event loop does not end the process here: a stop that was cut off leaves work running.
  process.exit(code);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
