// A request: an admin's order to the bridge by a Sync_Request__c, with the interfaces for its execution and progress.
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Peers } from '../jobs/execute.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Timer } from '../lib/timer.ts';
import type { AlertChannel } from '../model/alert.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Message } from '../model/message.ts';
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
  'RestoreLinks',
  'Why',
  'TestAlert',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export interface SyncRequest {
  /** 18-character id of the Sync_Request__c. */
  id: string;
  /** One of REQUEST_TYPES, unless a later version of the package sends a type that this bridge does not know. */
  type: string;
  /** The id of its Lead, Contact or Account. */
  recordId: string | null;
  /** JSON, as the page wrote it. */
  parameters: string | null;
  /** ms since the epoch, by the org's clock. */
  at: number;
}

export interface Counts {
  /** Absent until it is known. */
  total?: number | undefined;
  /** Completed, whatever the outcome. */
  done: number;
  /** The part of `done` that failed. */
  failed: number;
}

/** One execution of a request. */
export interface Run {
  readonly request: SyncRequest;
  /**
   * Aborted when an admin stops the request or when the bridge stops. The work then ends at a place from which it can
   * resume.
   */
  readonly signal: AbortSignal;
  /** The place that an earlier run saved. */
  readonly checkpoint: string | undefined;
  save(checkpoint: string): Promise<void>;
  /** Visible on the record within about a second. */
  reportProgress(counts: Counts): void;
}

/** The sync state, and the rights of the connected user. */
export interface SyncControl {
  current(): SyncState;
  /** Resolves when the state is stored, in force and published to the org. */
  set(state: SyncState['state'], by: string): Promise<void>;
  /**
   * Reads the rights of the connected user again, and publishes them to the org.
   * @throws PeerError
   */
  readRights(): Promise<readonly Right[]>;
}

/** Sends a test message by each way of alerting that is switched on and set up. */
export interface TestAlerts {
  /** `problem`: why it was not sent, with what to do. */
  test(): Promise<{ channel: AlertChannel; problem: Message | undefined }[]>;
}

/** The services for a handler. */
export interface RequestContext {
  connection: string;
  store: Store;
  rest: Rest;
  sellfire: Sellfire;
  peers: Peers;
  /** The peers for another configuration, which read what it maps: for a mapping that is not saved. */
  peersFor(config: SyncConfig): Peers;
  config(): SyncConfig;
  /** Reads mappings, settings, catalogue and describe again. */
  reload(): Promise<SyncConfig>;
  /** Wakes the keys that got rows. */
  wake(keys: string[]): void;
  control: SyncControl;
  /** ms since the epoch: since when changes may be missing of a store that was lost; undefined where none was. */
  missingSince: () => number | undefined;
  alerts: TestAlerts;
  logger: Logger;
  /** Default: the system's. */
  timer?: Timer | undefined;
}

/** How a run waits for what the org does: until it is stopped. */
export const waitingOf = ({ signal }: Pick<Run, 'signal'>, { timer }: Pick<RequestContext, 'timer'>) => ({
  signal,
  timer,
});

/** The result of a request: what is said of it (Result__c, and in each language on the pages), and JSON for the page. */
export interface RequestResult {
  messages: readonly Message[];
  /** Where the text says more than the messages. */
  sentence?: string;
  data?: Record<string, unknown>;
}

/** Of a run that was stopped: what is said of it is not its own. */
export const NOTHING: RequestResult = { messages: [] };

/**
 * Executes a request.
 * @returns the result in messages, perhaps with data for the page
 * @throws BridgeError or PeerError: the request failed, with its sentence as the result
 */
export type Handler = (run: Run, context: RequestContext) => Promise<RequestResult>;

/**
 * Parses the parameters by their schema; none is an empty object.
 * @throws BridgeError PARAMETERS_INVALID
 */
export function parametersOf<T>({ parameters, type }: SyncRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(parameters ?? ''));
  if (parsed.success) return parsed.data;
  throw new BridgeError(explain('PARAMETERS_INVALID.request', { type, problems: z.prettifyError(parsed.error) }), {
    cause: parsed.error,
  });
}

/** Text that is no JSON stays text, and the schema refuses it. */
function jsonOf(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
