// Runs a service until the platform ends it: the first SIGTERM or SIGINT stops it once and in order, a second one ends the
// process at once, and a stop that takes too long is cut off before the platform does it.
import type { Config } from '../config.ts';
import { within } from '../lib/deadline.ts';
import { BridgeError } from '../model/fault.ts';

export interface Running {
  /** Resolves where it has to end by itself. */
  ended?: Promise<Error>;
  stop(): Promise<void>;
}

export interface RunOptions {
  start: () => Promise<Running>;
  shutdownSeconds: Config['shutdownSeconds'];
  /** Prints one line; default: to standard error. */
  print?: (line: string) => void;
  /** ms, as `performance.now()`. */
  now?: () => number;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** npm forwards the signal that the terminal has already sent to the whole group: both count as one. */
const SAME_SIGNAL_MS = 500;

/**
 * Resolves with the exit code: 0 when all work has ended, 1 when it had to end by itself, or the stop failed or took too long. A signal during the start takes
 * effect after it. @throws what `start` throws
 */
export async function runUntilStopped(options: RunOptions): Promise<number> {
  const { start, shutdownSeconds, print = printError, now = () => performance.now() } = options;
  const queued = Promise.withResolvers<NodeJS.Signals>();
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    first ??= now();
    if (now() - first > SAME_SIGNAL_MS) {
      print(`${signal} again: ending at once. What was under way is done again after the next start.`);
      process.exit(1);
    }
    queued.resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const running = await start();
    const end = await Promise.race([queued.promise, running.ended ?? queued.promise]);
    if (typeof end === 'string') {
      print(`${end}: finishing what is under way, for at most ${shutdownSeconds} s.`);
      return await stopWithin(running, shutdownSeconds, print);
    }
    print(end instanceof BridgeError ? `${end.code}: ${end.message} What to do: ${end.action}` : String(end));
    await stopWithin(running, shutdownSeconds, print);
    return 1;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

async function stopWithin(running: Running, seconds: number, print: (line: string) => void): Promise<number> {
  const stopped = running.stop().then(() => 0);
  return await within(seconds * 1000, stopped, () => {
    print(
      `The stop took more than ${seconds} s and is cut off. What was under way is done again after the next start.`,
    );
    return 1;
  });
}

function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}
