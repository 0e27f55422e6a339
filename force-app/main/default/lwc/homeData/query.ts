// The one query of the Home page. Names are those of the package's source; what a user may not see is optional, so that a
// missing right leaves a gap and not an empty page.

const value = (names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${name} @optional { value }`)
    .join(' ');

const STATUS = value(`State__c Detail__c Connected_As__c Last_Seen_At__c Pending_Changes__c
  Sync_State__c Sync_State_By__c Sync_State_At__c Last_In_At__c Last_Out_At__c Standstill__c
  Events_Used__c Events_Limit__c Events_Forecast__c Api_Share_Used__c Api_Share_Limit__c Api_Forecast__c
  Rights__c Hours__c Messages__c`);

/** What the list view Needs My Action shows: failed or refused in the last seven days. */
const NEEDS = `{ and: [
  { Outcome__c: { in: ["Failed", "Refused"] } },
  { Occurred_At__c: { gte: { range: { last_n_days: 7 } } } }
] }`;

export const HOME_QUERY = `query sellfireHome {
  uiapi {
    query {
      Bridge_Status__c(first: 1, orderBy: { Last_Seen_At__c: { order: DESC } }) {
        edges { node { Id ${STATUS} } }
      }
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges { node { Id ${value('Bridge_Address__c Pages_Activated__c')} } }
      }
      Field_Mapping__c(first: 200, where: { Sellfire_Field__c: { in: ["primary_phone_number", "business_name", "state"] } }) {
        edges { node { Id Sellfire_Field__c { value } Sync_Rule__c { value } ${value('Status__c')} } }
      }
      Sync_Request__c(first: 1, where: { Type__c: { eq: "TestRecord" } }, orderBy: { CreatedDate: { order: DESC } }) {
        edges { node { Id ${value('Status__c Failed__c')} } }
      }
      Integration_Report__c(first: 200, where: ${NEEDS}, orderBy: { Occurred_At__c: { order: DESC } }) {
        edges { node { Id ${value('Code__c Reason__c Messages__c')} } }
      }
    }
    aggregate {
      Integration_Report__c(first: 200, where: ${NEEDS}, groupBy: { Code__c: { group: true } }) {
        edges { node { aggregate { Code__c { value } Id { count { value } } Occurred_At__c { min { value } } } } }
      }
    }
  }
}`;
