// The queries of the Reps page: the reps that the bridge keeps in the org, how many changes of owner Sellfire refused, and the users
// that reps belong to or seem to.

/** Reps that are read; the most rows of one query (GraphQL API, "Query Limitations"). */
export const MOST = 2_000;
/** The code of a change of owner that Sellfire did not accept. */
export const REFUSED = 'OWNER_REFUSED';

export const REPS_QUERY = `query sellfireReps {
  uiapi {
    query {
      Sellfire_Rep__c(first: ${MOST}, orderBy: { Name: { order: ASC } }) {
        edges { node {
          Id Name { value } Rep_Id__c { value } Email__c { value } State__c { value } Salesforce_User_Id__c { value }
        } }
        pageInfo { hasNextPage }
      }
    }
    aggregate {
      Integration_Report__c(
        first: 1
        where: { and: [
          { Code__c: { eq: "${REFUSED}" } }
          { Outcome__c: { in: ["Failed", "Refused"] } }
          { Occurred_At__c: { gte: { range: { last_n_days: 7 } } } }
        ] }
      ) {
        edges { node { aggregate { Id { count { value } } } } }
      }
    }
  }
}`;

/** @returns undefined where no user can be meant: an empty list would match every user */
export function usersQuery(reps: readonly { userId: string; email: string }[]): string | undefined {
  const ids = [...new Set(reps.map(({ userId }) => userId).filter((id) => /^005\w{12}(\w{3})?$/.test(id)))];
  const emails = [...new Set(reps.map(({ email }) => email).filter((email) => email !== ''))];
  const conditions = [
    ...(ids.length > 0 ? [`{ Id: { in: ${JSON.stringify(ids)} } }`] : []),
    ...(emails.length > 0 ? [`{ Email: { in: ${JSON.stringify(emails)} } }`] : []),
  ];
  if (conditions.length === 0) return undefined;
  return `query sellfireRepUsers {
  uiapi {
    query {
      User(first: ${MOST}, where: { or: [${conditions.join(', ')}] }, orderBy: { Name: { order: ASC } }) {
        edges { node { Id Name { value } Email @optional { value } IsActive @optional { value } } }
      }
    }
  }
}`;
}
