// Sets the request headers whose absence changes what the org does. Every call that a header concerns sends it.
// Sources: REST API Developer Guide, "Assignment Rule Header", "Duplicate Rule Header", "Query Options Header".

export interface WriteOptions {
  /** The org's active assignment rule chooses the owner. Default: no; without the header, Salesforce runs the rule at every write. */
  assigns?: boolean;
  /** Saves a record although a duplicate rule alerts. Default: no. */
  savesOverAlerts?: boolean;
}

/** The duplicate rules run as the connected user, so that a report names no record that this user cannot see. */
export function writeHeaders({ assigns = false, savesOverAlerts = false }: WriteOptions = {}): Record<string, string> {
  return {
    'sforce-auto-assign': assigns ? 'TRUE' : 'FALSE',
    'sforce-duplicate-rule-header': `allowSave=${savesOverAlerts}; includeRecordDetails=false; runAsCurrentUser=true`,
  };
}

/** The largest page that the platform returns. */
export const QUERY_HEADERS = { 'sforce-query-options': 'batchSize=2000' };
