// Whoever opens a source reads on its first line what it is for.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Lists of imported labels, and the tests of components, whose names say it. */
const NAMED = /(?:^|\/)(?:labels\.ts$|__tests__\/)/;

it('every source begins with a comment that says what it keeps', () => {
  const components = globSync('force-app/main/default/lwc/*/**/*.ts', { cwd: ROOT }).filter(
    (path) => !NAMED.test(path),
  );
  const others = globSync(['bridge/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'], { cwd: ROOT });
  expect(Math.min(components.length, others.length)).toBeGreaterThan(200);
  const first = (path: string): string => readFileSync(join(ROOT, path), 'utf8').replace(/^#!.*\n/, '');
  expect([...components, ...others].filter((path) => !/^(?:\/\/|\/\*\*?) ?\S/.test(first(path)))).toEqual([]);
});
