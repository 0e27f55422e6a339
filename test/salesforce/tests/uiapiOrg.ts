// An org with the package, by the User Interface API that its pages use.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';

/** The package’s components are built the first time. */
export const STARTING_MS = 120_000;
export const PACKAGE = fileURLToPath(new URL('../../../force-app', import.meta.url));
export const UI = `${DATA}/ui-api`;

export let running: RunningOrg;
export let send: Send;
export let now = Date.parse('2026-11-20T10:00:00Z');

/** Lets time pass in the org. @param ms how long */
export const pass = (ms: number): void => void (now += ms);

export async function get(path: string): Promise<Record<string, unknown>> {
  const { status, body } = await send('GET', `${UI}/${path}`);
  expect({ path, status, body }).toMatchObject({ path, status: 200 });
  return body as Record<string, unknown>;
}
export async function create(apiName: string, fields: Record<string, unknown>): Promise<string> {
  const { status, body } = await send('POST', `${UI}/records`, { apiName, fields });
  expect({ status, body }).toMatchObject({ status: 201 });
  now += 1_000;
  return (body as { id: string }).id;
}

export interface DisplayedRecord {
  id: string;
  fields: Record<string, { value: unknown; displayValue: unknown }>;
}
export const values = (page: Record<string, unknown>, field: string): unknown[] =>
  (page['records'] as DisplayedRecord[]).map(({ fields }) => fields[field]?.value);

export interface Layout {
  sections: {
    heading: string;
    columns: number;
    layoutRows: { layoutItems: { label: string; layoutComponents: { apiName: string | null }[] }[] }[];
  }[];
}
export const fieldsOf = (layout: Record<string, unknown>): (string | null)[] =>
  (layout as unknown as Layout).sections.flatMap(({ layoutRows }) =>
    layoutRows.flatMap(({ layoutItems }) =>
      layoutItems.flatMap(({ layoutComponents }) => layoutComponents.map(({ apiName }) => apiName)),
    ),
  );

beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE, clock: () => now });
  send = await signIn(running);
}, STARTING_MS);
afterAll(() => running.close());
