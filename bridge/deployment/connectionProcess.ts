// The process of one connection: a bridge of its own, started again whenever it ends, later each time that it ends soon. What becomes
// of it, a crash, a flood or a loop without an end, becomes of no other connection.
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../log.ts';
import { backoffDelay } from '../lib/backoff.ts';
import { every } from '../lib/every.ts';
import { BridgeError } from '../model/fault.ts';
import { pause, steadyNow, systemTimer, type Timer } from '../lib/timer.ts';
import { listenTo } from './channel.ts';
import type { ProcessState } from './registry.ts';

const CLI = fileURLToPath(new URL('../main.js', import.meta.url));

/** ms: an end after so long begins the delays anew. */
const STEADY_MS = 60_000;
const AGAIN = { first: 1_000, longest: 60_000, jitter: 0.2 };
/** ms: a start that takes longer gives way to that of another connection. */
const START_MS = 30_000;
/** A process that does not answer so often in a row stands still. */
const LOOK_MS = 10_000;
const MOST_SILENCE = 6;
/** ms beyond the time of a graceful stop. */
const GRACE_MS = 5_000;
/** Of what it writes to its standard error: the last of it says why it ended. */
const LAST_WORDS = 2_000;

export interface ConnectionProcessOptions {
  name: string;
  /** In which it runs. @throws BridgeError where it cannot be found now */
  environment: () => Promise<NodeJS.ProcessEnv>;
  /** MiB */
  memory: number;
  shutdownSeconds: number;
  claimOrg: (org: string) => Promise<void>;
  /** Runs the work once few others start. */
  inTurn: (work: () => Promise<void>) => Promise<unknown>;
  onState: (state: ProcessState, detail: string) => void;
  logger: Logger;
  timer?: Timer;
  /** Starts the process; default: this program's `start`. */
  launch?: (env: NodeJS.ProcessEnv) => ChildProcess;
}

export interface ConnectionProcess {
  /** Where it listens; undefined while it does not. */
  addresses(): { url: string; probeUrl: string } | undefined;
  state(): { state: ProcessState; detail: string };
  /** How often it was started again. */
  restarts(): number;
  /** Ends it, and starts it no more. */
  stop(): Promise<void>;
}

export function startConnectionProcess(options: ConnectionProcessOptions): ConnectionProcess {
  const { name, inTurn, onState, logger, timer = systemTimer, launch = launcher(options.memory) } = options;
  let child: ChildProcess | undefined;
  let addresses: { url: string; probeUrl: string } | undefined;
  let current: { state: ProcessState; detail: string } = { state: 'starting', detail: '' };
  let starts = 0;
  const stopping = new AbortController();
  const { signal } = stopping;

  function become(state: ProcessState, detail = ''): void {
    current = { state, detail };
    onState(state, detail);
  }

  /** One life of it. @returns why it has ended */
  async function live(): Promise<string> {
    const env = await options.environment();
    let ended: Promise<string> | undefined;
    await inTurn(async () => {
      if (signal.aborted) return;
      const started = launch(env);
      child = started;
      starts += 1;
      const ready = Promise.withResolvers<undefined>();
      listenTo(started, {
        claimOrg: options.claimOrg,
        onReady(found) {
          addresses = found;
          become('running');
          logger.info(
            { event: 'connection_process_runs', connectionName: name, pid: started.pid },
            'The process of a connection runs',
          );
          ready.resolve(undefined);
        },
      });
      ended = endOf(started, name);
      const late = timer.after(START_MS, () => ready.resolve(undefined));
      await Promise.race([ready.promise, ended]);
      late();
    });
    return (await ended) ?? '';
  }

  async function run(): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      if (failures === 0) become('starting');
      const began = steadyNow(timer);
      const why = await live().catch(wordsFor);
      child = undefined;
      addresses = undefined;
      if (signal.aborted) break;
      failures = steadyNow(timer) - began > STEADY_MS ? 1 : failures + 1;
      const ms = Math.round(backoffDelay(AGAIN, failures));
      become('failed', why);
      logger.error(
        { event: 'connection_process_ended', connectionName: name, reason: why, againInMs: ms },
        'The process of a connection has ended',
      );
      await pause(timer, ms, signal);
    }
    become('stopped');
  }

  let silence = 0;
  const looking = every({
    ms: LOOK_MS,
    async work() {
      const asked = child;
      const answers = addresses === undefined || (await isAlive(addresses.probeUrl));
      silence = answers ? 0 : silence + 1;
      if (silence < MOST_SILENCE || asked !== child) return;
      logger.error({ event: 'connection_process_stuck', connectionName: name }, 'A process that stands still is ended');
      silence = 0;
      child?.kill('SIGKILL');
    },
    timer,
  });
  looking.within(LOOK_MS);
  const running = run();

  return {
    addresses: () => addresses,
    state: () => current,
    restarts: () => Math.max(0, starts - 1),
    async stop() {
      if (!signal.aborted) {
        stopping.abort();
        child?.kill('SIGTERM');
        const late = timer.after(options.shutdownSeconds * 1000 + GRACE_MS, () => child?.kill('SIGKILL'));
        void running.finally(late);
      }
      await Promise.all([running, looking.stop()]);
    },
  };
}

/** Its log goes where that of the deployment goes. */
const launcher =
  (memory: number) =>
  (env: NodeJS.ProcessEnv): ChildProcess =>
    spawn(process.execPath, [...process.execArgv, `--max-old-space-size=${memory}`, CLI, 'start'], {
      env,
      // Ctrl-C in a terminal reaches a whole group: the deployment stops them in order.
      detached: true,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });

/** Resolves with the last that it said, and how it ended. */
function endOf(child: ChildProcess, name: string): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
    process.stderr.write(text.replaceAll(/^(?=.)/gm, `[${name}] `));
  });
  const how = Promise.withResolvers<string>();
  child.once('error', (error) => how.resolve(error.message));
  child.once('close', (code, signal) => how.resolve(words.trim() || `It ended with ${signal ?? `exit code ${code}`}.`));
  return how.promise;
}

function wordsFor(error: unknown): string {
  if (error instanceof BridgeError) return `${error.code}: ${error.message} ${error.action}`;
  return error instanceof Error ? error.message : String(error);
}

const isAlive = (probeUrl: string): Promise<boolean> =>
  fetch(`${probeUrl}/health/live`, { signal: AbortSignal.timeout(LOOK_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
