// The answer of a request of the type Why (bridge/requests/why.ts), from its JSON.
import { messageOf, type Message } from 'c/messages';

export type GateState = 'pass' | 'stop' | 'skip';

/** Where the mend is: one of the pages, or the id of what is opened. */
export type Mend = { kind: 'home' | 'mappings' | 'settings' } | { kind: 'record' | 'lead' | 'report'; id: string };

export interface Gate {
  gate: string;
  state: GateState;
  message: Message;
  mend: Mend | undefined;
  /** ISO; undefined where the sentence is about no moment. */
  at: string | undefined;
}

export interface Difference {
  field: string;
  sellfire: unknown;
  salesforce: unknown;
  why: Message;
}

export interface Write {
  message: Message;
  changes: { field: string; before: unknown; after: unknown }[];
}

export interface Explained {
  answer: Message;
  /** Blank where nothing was found. */
  recordId: string;
  leadId: string;
  /** Blank where none is set. */
  sellfireUrl: string;
  gates: Gate[];
  differing: Difference[];
  /** Fields that differ besides these. */
  more: number;
  now: Message[];
  writes: Write[];
}

const partsOf = (value: unknown): Record<string, unknown> => Object(value) as Record<string, unknown>;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @returns undefined for what is no answer, such as of an older bridge */
export function explainedOf(data: unknown): Explained | undefined {
  const { answer, subject, gates, differing, more, now, sellfireUrl } = partsOf(data);
  const { recordId, leadId } = partsOf(subject);
  const { messages, writes } = partsOf(now);
  const explained = {
    answer: messageOf(answer),
    recordId: text(recordId),
    leadId: text(leadId),
    sellfireUrl: text(sellfireUrl),
    gates: list(gates).map(gateOf),
    differing: list(differing).map(differenceOf),
    more: typeof more === 'number' ? more : 0,
    now: list(messages).map(messageOf),
    writes: list(writes).map(writeOf),
  };
  return explained.gates.length > 0 ? explained : undefined;
}

function gateOf(value: unknown): Gate {
  const { gate, state, message, mend, at } = partsOf(value);
  return {
    gate: text(gate),
    state: state === 'pass' || state === 'stop' ? state : 'skip',
    message: messageOf(message),
    mend: mendOf(mend),
    at: typeof at === 'number' && Number.isFinite(at) ? new Date(at).toISOString() : undefined,
  };
}

function mendOf(value: unknown): Mend | undefined {
  const { page, record, lead, report, syncNow } = partsOf(value);
  if (page === 'home' || page === 'mappings' || page === 'settings') return { kind: page };
  // The action Sync now stands on the page of the record.
  if (text(record) || text(syncNow)) return { kind: 'record', id: text(record) || text(syncNow) };
  if (text(lead)) return { kind: 'lead', id: text(lead) };
  return text(report) ? { kind: 'report', id: text(report) } : undefined;
}

function differenceOf(value: unknown): Difference {
  const { field, sellfire, salesforce, why } = partsOf(value);
  return { field: text(field), sellfire, salesforce, why: messageOf(why) };
}

function writeOf(value: unknown): Write {
  const { message, changes } = partsOf(value);
  return {
    message: messageOf(message),
    changes: list(changes).map((change) => {
      const { field, before, after } = partsOf(change);
      return { field: text(field), before, after };
    }),
  };
}
