// What the shell knows: the session that the document brought, and the metadata of apps and pages.
import type { Metadata } from '../metadata/app.ts';
import type { SessionInfo } from '../../oauth/sessionInfo.ts';

export interface Session extends SessionInfo {
  labels: Record<string, string>;
  load(name: string): Promise<Record<string, unknown>>;
}

/** Set by the document, before any module runs. */
export const session = (globalThis as unknown as { lightningSession: Session }).lightningSession;

let read: Metadata | undefined;

/** Read once for the page, before anything is rendered. */
export async function readShell(): Promise<void> {
  const response = await fetch('/_local/lightning/metadata', { headers: { 'x-requested-with': 'lightning' } });
  if (!response.ok) throw new Error(`The pages' metadata cannot be read: ${response.status}`);
  read = (await response.json()) as Metadata;
  Object.assign(session.labels, read.labels);
}

export function metadata(): Metadata {
  if (!read) throw new Error('The metadata are not read yet.');
  return read;
}

const SPANISH = session?.language.startsWith('es') ?? false;

/** The platform's own words. */
export function say(english: string, spanish: string): string {
  return SPANISH ? spanish : english;
}
