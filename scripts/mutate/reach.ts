// Which places of the bridge's core histories run at all: a mutant elsewhere cannot be found, and need not be played.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mutant } from './mutants.ts';
import { runVictim } from './run.ts';

const coverageSchema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({
          ranges: z.array(z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })),
        }),
      ),
    }),
  ),
});

/** @returns whether any of the histories runs the place of the mutant */
export async function reachedBy(
  histories: number,
  urlOf: (file: string) => string,
): Promise<(mutant: Mutant) => boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    await runVictim({ histories, environment: { NODE_V8_COVERAGE: folder } });
    const ranges = new Map<string, { startOffset: number; endOffset: number; count: number }[]>();
    for (const file of readdirSync(folder)) {
      const { result } = coverageSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      for (const { url, functions } of result)
        ranges.set(url, [...(ranges.get(url) ?? []), ...functions.flatMap((one) => one.ranges)]);
    }
    return ({ file, start }) => {
      const around = (ranges.get(urlOf(file)) ?? []).filter(
        ({ startOffset, endOffset }) => startOffset <= start && start < endOffset,
      );
      // The innermost range says how often the place was run.
      const inner = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))[0];
      return (inner?.count ?? 0) > 0;
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
