// What the Requests page shows, read from the answer to its one query: the requests, the latest first, and whether there are more.
import { jsonOf, numberOf, relatedText, rowsOf, textOf, withPrefix } from 'c/records';
import { isOpen, resultOf } from 'c/requests';

export interface RequestRow {
  id: string;
  /** `Import`, `Reconcile` … */
  type: string;
  /** In the language of the reader. */
  title: string;
  /** It counts what would be done, and does nothing. */
  isCount: boolean;
  /** `Requested`, `Running`, `Stopping`, `Stopped`, `Done` or `Failed`. */
  status: string;
  done: number;
  failed: number;
  /** What came of it, in the language of the reader. */
  result: string;
  askedBy: string | undefined;
  /** ISO 8601. */
  askedAt: string | undefined;
  isOpen: boolean;
}

/** What somebody asks who looks through them. */
export type Filter = 'all' | 'open' | 'failed';

const WHERE: Readonly<Record<Filter, string>> = {
  all: '',
  open: 'where: { Status__c: { in: ["Requested", "Running", "Stopping"] } }',
  failed: 'where: { or: [{ Status__c: { eq: "Failed" } }, { Failed__c: { gt: 0 } }] }',
};

/** @param count at the most, the latest first */
export function queryOf(filter: Filter, count: number): string {
  return withPrefix(`query sellfireRequests {
  uiapi {
    query {
      Sync_Request__c(first: ${count}, ${WHERE[filter]} orderBy: { CreatedDate: { order: DESC } }) {
        edges { node {
          Id Type__c { value } kind: Type__c { label } Status__c { value } CreatedDate { value }
          CreatedBy @optional { Name @optional { value } }
          Done__c @optional { value } Failed__c @optional { value } Result__c @optional { value } Result_Data__c @optional { value }
          Parameters__c @optional { value }
        } }
        pageInfo { hasNextPage }
      }
    }
  }
}`);
}

export function requestsOf(data: unknown): RequestRow[] {
  return rowsOf(data, 'Sync_Request__c').map((row) => {
    const status = textOf(row, 'Status__c') ?? 'Requested';
    const type = textOf(row, 'Type__c') ?? '';
    return {
      id: textOf(row, 'Id') ?? '',
      type,
      title: relatedText(row, 'kind', 'label') ?? type,
      isCount: isCount(jsonOf(row, 'Parameters__c')),
      status,
      done: numberOf(row, 'Done__c') ?? 0,
      failed: numberOf(row, 'Failed__c') ?? 0,
      result: resultOf(row),
      askedBy: relatedText(row, 'CreatedBy', 'Name'),
      askedAt: textOf(row, 'CreatedDate'),
      isOpen: isOpen(status),
    };
  });
}

export function hasMore(data: unknown): boolean {
  const connection = withPrefix('Sync_Request__c');
  const answer = data as { uiapi?: { query?: Record<string, { pageInfo?: { hasNextPage?: boolean } }> } } | undefined;
  return answer?.uiapi?.query?.[connection]?.pageInfo?.hasNextPage === true;
}

function isCount(parameters: unknown): boolean {
  const { preview, dryRun } = Object(parameters) as Readonly<Record<string, unknown>>;
  return preview === true || dryRun === true;
}
