// Every rule of the specification through the real parts: a row for each, beside the tests of whole stories. Rows stand by topic
// in the folder spec, all of which is read.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { startStack, type Stack } from '../helpers/stack.ts';
import { SpecStack, type SpecRow } from './specStack.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'spec-'));
const topics = readdirSync(new URL('./spec/', import.meta.url)).toSorted();
const tables = await Promise.all(
  topics.map(async (file) => [file, ((await import(`./spec/${file}`)) as { ROWS: SpecRow[] }).ROWS] as const),
);

let stack: Stack;
let spec: SpecStack;

beforeAll(async () => {
  stack = await startStack();
  spec = new SpecStack(stack, new Story(stack));
  await spec.prepare();
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

describe.each(tables)('%s', (_topic, rows) => {
  it.each(rows)('$id: $promise', async ({ run }) => run(spec));
});
