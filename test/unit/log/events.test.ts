// Alert rules stand on the events of log lines: the book lists every event that the bridge logs, and no other.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

it('the book on running the bridge lists the events of its log', () => {
  const call = /\b(?:logger|log)(?:\??\.(?:debug|info|warn|error|fatal)|\[level\])\(\s*\{\s*event: '(\w+)'/g;
  const logged = globSync('bridge/**/*.ts', { cwd: ROOT }).flatMap((path) =>
    [...read(path).matchAll(call)].map(([, event]) => event),
  );
  const section = read('docs/operation.md').split('\n## The log\n')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, event]) => event));
  expect(logged.length).toBeGreaterThan(40);
  expect(listed.toSorted()).toEqual([...new Set(logged)].toSorted());
});
