// Request headers whose absence means something to the org: each is decided here and sent with every call that it concerns.
// Sources: REST API Developer Guide, "Assignment Rule Header", "Duplicate Rule Header", "Query Options Header".

export interface WriteOptions {
  /** The org's active assignment rule chooses the owner. Default: no; without a header Salesforce runs it at every write. */
  assigns?: boolean;
  /** A record that a duplicate rule only alerts of is saved all the same. Default: no. */
  savesOverAlerts?: boolean;
}

/** The duplicate rules see what the connected user sees, so that a report names no record that is hidden from it. */
export function writeHeaders({ assigns = false, savesOverAlerts = false }: WriteOptions = {}): Record<string, string> {
  return {
    'sforce-auto-assign': assigns ? 'TRUE' : 'FALSE',
    'sforce-duplicate-rule-header': `allowSave=${savesOverAlerts}; includeRecordDetails=false; runAsCurrentUser=true`,
  };
}

/** Rows of a page: the most that the platform gives. */
export const QUERY_HEADERS = { 'sforce-query-options': 'batchSize=2000' };
