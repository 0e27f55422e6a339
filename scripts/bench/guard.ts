// Ends a benchmark that is interrupted, or hangs, with all its parts: no load outlives its terminal.

/**
 * @param longestMs longer than the slowest machine needs for it
 * @param end ends the parts that have started
 */
export function endInTime(longestMs: number, end: () => Promise<void> | undefined): void {
  async function stop(why: string): Promise<never> {
    process.stderr.write(`${why}\n`);
    await end();
    process.exit(1);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(`${signal}: stopping.`));
  setTimeout(() => void stop(`Not finished within ${longestMs / 1000} s.`), longestMs).unref();
}
