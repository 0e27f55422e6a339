// The connection file of a running demo: what another terminal needs to reach its org, in a file that only this user can read. It is
// removed when the demo ends.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const DATA_FOLDER = fileURLToPath(new URL('../../data/', import.meta.url));
const FILE = `${DATA_FOLDER}demo.json`;

const connectionFileSchema = z.object({
  pid: z.int(),
  restUrl: z.string(),
  clientId: z.string(),
  keyFile: z.string(),
  username: z.string(),
  prefix: z.string(),
});
export type ConnectionFile = z.infer<typeof connectionFileSchema>;

/** @returns how to close it */
export function writeConnectionFile(connectionFile: Omit<ConnectionFile, 'pid'>): () => void {
  rmSync(FILE, { force: true });
  writeFileSync(FILE, `${JSON.stringify({ pid: process.pid, ...connectionFile }, undefined, 2)}\n`, { mode: 0o600 });
  return () => {
    if (readConnectionFile()?.pid === process.pid) rmSync(FILE, { force: true });
  };
}

/** The demo that was started last, or undefined where none runs. */
export function readConnectionFile(): ConnectionFile | undefined {
  try {
    const connectionFile = connectionFileSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
    process.kill(connectionFile.pid, 0);
    return connectionFile;
  } catch {
    return undefined;
  }
}
