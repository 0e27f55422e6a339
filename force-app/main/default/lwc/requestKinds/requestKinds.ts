// The requests that somebody begins on the Requests page: what each does in words, what is asked before, and the parameters that
// the bridge gets. What belongs to one record, mapping or report begins there.
import EXPORT from '@salesforce/label/c.Requests_Export';
import EXPORT_HELP from '@salesforce/label/c.Requests_Export_Help';
import IMPORT from '@salesforce/label/c.Requests_Import';
import IMPORT_HELP from '@salesforce/label/c.Requests_Import_Help';
import LINK from '@salesforce/label/c.Requests_Link';
import LINK_HELP from '@salesforce/label/c.Requests_Link_Help';
import RECONCILE from '@salesforce/label/c.Requests_Reconcile';
import RECONCILE_HELP from '@salesforce/label/c.Requests_Reconcile_Help';
import REFRESH from '@salesforce/label/c.Requests_Refresh';
import REFRESH_HELP from '@salesforce/label/c.Requests_Refresh_Help';
import { beginningOf } from 'c/format';
import type { RequestType } from 'c/requests';

/** What a form asks; what is blank is left to the bridge. */
export interface Answers {
  /** Of an import: `Contact`, `Lead`. */
  objects?: readonly string[];
  /** Days, `2026-11-29`, as the user has them. */
  since?: string;
  until?: string;
  /** Id of a user or a queue. */
  owner?: string;
  /** Of a reconciliation: every linked pair, whenever it changed. */
  all?: boolean;
}

export interface RequestKind {
  type: RequestType;
  title: string;
  help: string;
  asks: readonly (keyof Answers)[];
  /** The parameter by which it only counts; absent where there is nothing to count. */
  counts?: 'preview' | 'dryRun';
}

export const KINDS: readonly RequestKind[] = [
  { type: 'LinkExisting', title: LINK, help: LINK_HELP, asks: [], counts: 'preview' },
  { type: 'Import', title: IMPORT, help: IMPORT_HELP, asks: ['objects', 'since', 'owner'], counts: 'preview' },
  { type: 'ExportSales', title: EXPORT, help: EXPORT_HELP, asks: ['since', 'until'], counts: 'preview' },
  { type: 'Reconcile', title: RECONCILE, help: RECONCILE_HELP, asks: ['all', 'since'], counts: 'dryRun' },
  { type: 'RefreshCatalogue', title: REFRESH, help: REFRESH_HELP, asks: [] },
];

export function kindOf(type: string): RequestKind | undefined {
  return KINDS.find((kind) => kind.type === type);
}

/** @param only counts, and does nothing */
export function parametersOf(kind: RequestKind, answers: Answers, only: boolean): Record<string, unknown> {
  const { objects = [], since, until, owner, all } = answers;
  const isAll = kind.asks.includes('all') && all === true;
  return {
    ...(kind.asks.includes('objects') && objects.length > 0 ? { objects: [...objects] } : {}),
    ...(since && !isAll ? { [kind.type === 'Import' ? 'createdSince' : 'since']: sinceOf(kind, since) } : {}),
    ...(until ? { until } : {}),
    ...(owner ? { owner } : {}),
    ...(isAll ? { all: true } : {}),
    ...(only && kind.counts ? { [kind.counts]: true } : {}),
  };
}

/** Close dates of sales are days to the bridge; everything else has a moment. */
function sinceOf({ type }: RequestKind, day: string): string {
  return type === 'ExportSales' ? day : beginningOf(day);
}

/** Whether the answers leave something for the bridge to do: a period that does not end before it begins, an object at least. */
export function isAnswered({ asks }: RequestKind, { objects, since, until }: Answers): boolean {
  if (asks.includes('objects') && objects?.length === 0) return false;
  return !(since && until && until < since);
}
