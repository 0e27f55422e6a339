// How `npm start` runs the bridge, so that tests and benchmark run it the same way.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageSchema = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/**
 * The arguments of Node: its own flags, then the program with its arguments.
 * @param of what `bridge` runs in place of `start`
 */
export function startCommand(of?: readonly string[]): string[] {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const [, ...args] = packageSchema.parse(JSON.parse(text)).scripts.start.split(' ');
  return of === undefined ? args : [...args.slice(0, -1), ...of];
}
