// The door of a running demo: what another terminal needs to reach its org, in a file that only this user can read. It is
// removed when the demo ends.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const DATA_FOLDER = fileURLToPath(new URL('../../data/', import.meta.url));
const FILE = `${DATA_FOLDER}demo.json`;

const doorSchema = z.object({
  pid: z.int(),
  restUrl: z.string(),
  clientId: z.string(),
  keyFile: z.string(),
  username: z.string(),
  prefix: z.string(),
});
export type Door = z.infer<typeof doorSchema>;

/** @returns how to close it */
export function openDoor(door: Omit<Door, 'pid'>): () => void {
  rmSync(FILE, { force: true });
  writeFileSync(FILE, `${JSON.stringify({ pid: process.pid, ...door }, undefined, 2)}\n`, { mode: 0o600 });
  return () => {
    if (readDoor()?.pid === process.pid) rmSync(FILE, { force: true });
  };
}

/** The demo that was started last, or undefined where none runs. */
export function readDoor(): Door | undefined {
  try {
    const door = doorSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
    process.kill(door.pid, 0);
    return door;
  } catch {
    return undefined;
  }
}
