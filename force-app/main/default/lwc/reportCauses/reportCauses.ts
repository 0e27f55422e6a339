// What failed or was refused in the last seven days, by cause, as Home and the Reports page show it.
import { groupsOf, numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { conditionsOf, NEEDS } from 'c/reportFilter';
import { reasonOf } from 'c/reportWords';

export interface Cause {
  code: string;
  count: number;
  since: string | undefined;
  /** Of the latest, in the reader's language. */
  reason: string | undefined;
}

const NEEDED = `{ and: [${[
  ...conditionsOf({ outcome: NEEDS }),
  '{ Occurred_At__c: { gte: { range: { last_n_days: 7 } } } }',
].join(', ')}] }`;

export const CAUSES_QUERY: string = withPrefix(`query sellfireCauses {
  uiapi {
    query {
      Integration_Report__c(first: 200, where: ${NEEDED}, orderBy: { Occurred_At__c: { order: DESC } }) {
        edges { node { Id Code__c { value } Reason__c { value } Messages__c { value } } }
      }
    }
    aggregate {
      Integration_Report__c(first: 200, where: ${NEEDED}, groupBy: { Code__c: { group: true } }) {
        edges { node { aggregate { Code__c { value } Id { count { value } } Occurred_At__c { min { value } } } } }
      }
    }
  }
}`);

/** The most frequent first. @param data the answer to CAUSES_QUERY, or to the query of Home, which asks for the same */
export function causesOf(data: unknown): Cause[] {
  const latest = rowsOf(data, 'Integration_Report__c');
  return groupsOf(data, 'Integration_Report__c')
    .map((group) => {
      const code = textOf(group, 'Code__c') ?? '';
      return {
        code,
        count: numberOf(group.Id as Row | undefined, 'count') ?? 0,
        since: textOf(group.Occurred_At__c as Row | undefined, 'min'),
        reason: reasonOf(latest.find((row) => (textOf(row, 'Code__c') ?? '') === code)),
      };
    })
    .sort((one, other) => other.count - one.count);
}
