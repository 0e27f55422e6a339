// The wish to stop: Ctrl-C, a signal, a closed terminal, a reader that went away, or npm that was killed. It is one wish,
// however often it is uttered within half a second; uttered again later, the demo ends without ceremony.

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Resolves with what asked. */
  readonly asked: Promise<string>;
}

/** npm passes on the signal that the terminal has already sent to the whole group: that is one wish, not two. */
const SAME_SIGNAL_MS = 500;
/** How often it is looked whether npm is still there; nothing tells when it was killed. */
const LOOK_MS = 500;

/** @param endAtOnce on the second wish; the process exits after it. */
export function listenForStop(endAtOnce: () => void): StopSignal {
  const controller = new AbortController();
  const asked = Promise.withResolvers<string>();
  let first: number | undefined;
  const command = (by: string): void => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MS) {
      endAtOnce();
      process.exit(1);
    }
    asked.resolve(by);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, command);
  // `npm run demo | head`: nobody reads any more.
  process.stdout.on('error', () => {
    if (first === undefined) command('the end of the output');
  });
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const { ppid } = process;
    const look = setInterval(() => {
      if (process.ppid === ppid) return;
      clearInterval(look);
      command('the end of npm');
    }, LOOK_MS).unref();
  }
  return { signal: controller.signal, asked: asked.promise };
}

/** @throws AbortError when the wish comes first */
export function orStopped<T>(work: Promise<T>, { signal }: StopSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}
