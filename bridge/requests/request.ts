// A request: what an admin asks of the bridge by a Sync_Request__c, and how the work on it is done and told.
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Peers } from '../jobs/execute.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Right } from '../model/right.ts';
import type { SyncState } from '../model/syncState.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { Store } from '../store/store.ts';

export const REQUEST_TYPES = [
  'SyncNow',
  'Repush',
  'ApplyMapping',
  'LinkExisting',
  'Import',
  'ExportSales',
  'CreateOptions',
  'RefreshCatalogue',
  'Reconcile',
  'CheckSetup',
  'PreviewStart',
  'Start',
  'Pause',
  'Resume',
  'Disconnect',
  'PreviewMapping',
  'TestRecord',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export interface SyncRequest {
  /** 18-character id of the Sync_Request__c. */
  id: string;
  /** One of REQUEST_TYPES, unless a later version of the package asks for what this bridge does not know. */
  type: string;
  /** The Lead, Contact or Account that it names. */
  recordId: string | null;
  /** JSON, as the page wrote it. */
  parameters: string | null;
  /** ms since the epoch, by the org's clock. */
  at: number;
}

export interface Counts {
  /** Absent until it is counted. */
  total?: number | undefined;
  /** Worked on, whatever the outcome. */
  done: number;
  /** Of these. */
  failed: number;
}

/** One request being worked on. */
export interface Run {
  readonly request: SyncRequest;
  /** Aborted when an admin asks to stop, or when the bridge stops: the work ends where it can be taken up again. */
  readonly signal: AbortSignal;
  /** Where an earlier run of it stood, as that run saved it. */
  readonly checkpoint: string | undefined;
  save(checkpoint: string): Promise<void>;
  /** Shown on the record within a second or so. */
  reportProgress(counts: Counts): void;
}

/** Whether changes are carried over, and what the connected user may do. */
export interface SyncControl {
  current(): SyncState;
  /** Kept, in force, and told to the org when it resolves. */
  set(state: SyncState['state'], by: string): Promise<void>;
  /** Reads the rights of the connected user anew, and tells the org. @throws PeerError */
  readRights(): Promise<readonly Right[]>;
}

/** What a handler may use. */
export interface RequestContext {
  connection: string;
  store: Store;
  rest: Rest;
  sellfire: Sellfire;
  peers: Peers;
  /** The same, reading what this configuration maps: for a mapping that is not saved. */
  peersFor(config: SyncConfig): Peers;
  config(): SyncConfig;
  /** Reads mappings, settings, catalogue and describe anew. */
  reload(): Promise<SyncConfig>;
  /** Keys that got rows. */
  wake(keys: string[]): void;
  control: SyncControl;
  logger: Logger;
}

/** What came of a request: in words for the admin, and for the page as JSON (Result_Data__c). */
export interface Result {
  sentence: string;
  data: Record<string, unknown>;
}

/**
 * Carries a request out. @returns what came of it, in words for the admin, perhaps with data for the page
 * @throws BridgeError or PeerError: the request has failed, with its sentence as the result
 */
export type Handler = (run: Run, context: RequestContext) => Promise<string | Result>;

/** Of a record, in a parameter. */
export const idSchema = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/, 'is no Salesforce id');

/** The parameters by their schema; none is an empty object. @throws BridgeError PARAMETERS_INVALID */
export function parametersOf<T>({ parameters, type }: SyncRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(parameters ?? ''));
  if (parsed.success) return parsed.data;
  throw new BridgeError(explain('PARAMETERS_INVALID.request', { type, problems: z.prettifyError(parsed.error) }), {
    cause: parsed.error,
  });
}

/** What is no JSON stays text, for the schema to refuse. */
function jsonOf(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `1,204 leads` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
