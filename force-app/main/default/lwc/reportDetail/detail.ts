// One report with what was written, and the mappings that may have decided it.
import { withPrefix } from 'c/records';
import { MAPPING_COLUMNS } from 'c/reportChanges';
import { COLUMNS } from 'c/reportData';

export function detailQuery(id: string): string {
  return withPrefix(`query sellfireReport {
  uiapi {
    query {
      Integration_Report__c(first: 1, where: { Id: { eq: ${JSON.stringify(id)} } }) {
        edges { node { ${COLUMNS} Changes__c { value } } }
      }
      Field_Mapping__c(first: 2000) {
        edges { node { ${MAPPING_COLUMNS} } }
      }
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges { node { Id Sellfire_Address__c @optional { value } } }
      }
    }
  }
}`);
}
