// The request to stop: Ctrl-C, a signal, a closed terminal, a reader that went away, or npm that was killed. Repetitions
// within half a second are the same request; a later one ends the demo at once.

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Resolves with the name of what requested it. */
  readonly asked: Promise<string>;
}

/** npm passes on the signal that the terminal has already sent to the whole group: that is one request, not two. */
const SAME_SIGNAL_MS = 500;
/** How often the parent is compared: a process gets no signal when its parent is killed. */
const POLL_MS = 500;

/** @param endAtOnce on the second request; the process exits after it. */
export function listenForStop(endAtOnce: () => void): StopSignal {
  const controller = new AbortController();
  const asked = Promise.withResolvers<string>();
  let first: number | undefined;
  const stop = (by: string): void => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MS) {
      endAtOnce();
      process.exit(1);
    }
    asked.resolve(by);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  // `npm run demo | head`: nobody reads any more.
  process.stdout.on('error', () => {
    if (first === undefined) stop('the end of the output');
  });
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const { ppid } = process;
    const poll = setInterval(() => {
      if (process.ppid === ppid) return;
      clearInterval(poll);
      stop('the end of npm');
    }, POLL_MS).unref();
  }
  return { signal: controller.signal, asked: asked.promise };
}

/** @throws AbortError when the request to stop comes first */
export function orStopped<T>(work: Promise<T>, { signal }: StopSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}
