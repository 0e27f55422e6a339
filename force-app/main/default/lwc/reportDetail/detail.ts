// One report with what was written, and the mappings that may have decided it.
import { jsonOf, rowsOf, withPrefix } from 'c/records';
import { COLUMNS } from 'c/reportData';

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

export function detailQuery(id: string): string {
  return withPrefix(`query sellfireReport {
  uiapi {
    query {
      Integration_Report__c(first: 1, where: { Id: { eq: ${JSON.stringify(id)} } }) {
        edges { node { ${COLUMNS} Changes__c { value } } }
      }
      Field_Mapping__c(first: 2000) {
        edges { node { Id Sellfire_Field__c { value } Salesforce_Object__c { value } Salesforce_Field__c { value } Sync_Rule__c { value } } }
      }
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges { node { Id Sellfire_Address__c @optional { value } } }
      }
    }
  }
}`);
}

/** Field by field, as the bridge wrote it; none where nothing was written. */
export function changesOf(data: unknown): Change[] {
  const [row] = rowsOf(data, 'Integration_Report__c');
  const changes = jsonOf(row, 'Changes__c');
  return Array.isArray(changes)
    ? changes.map((change: unknown) => {
        const { field, before, after } = Object(change) as Record<string, unknown>;
        return { field: String(field), before, after };
      })
    : [];
}
