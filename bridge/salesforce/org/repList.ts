// Mirrors Sellfire's reps into the org: one Sellfire_Rep__c per rep, deleted ones included, so that an admin finds which id is whose
// and which Salesforce user it belongs to (M14). Enablement users, who own no leads, are left out.
import type { Rep } from '../../model/rep.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { mirrorRows, storedText, type MirrorChange } from './mirror.ts';

/** Characters of Name, of Email__c, of State__c and of Salesforce_User_Id__c. */
const LENGTHS = { name: 80, email: 255, state: 40, userId: 18 };

/** Keys are the ids of the reps. @throws PeerError */
export function mirrorReps(rest: Rest, { prefix }: PackageNames, reps: readonly Rep[]): Promise<MirrorChange> {
  const wanted = new Map(reps.filter(({ role }) => role !== 'enablement').map((rep) => [rep.id, rowOf(rep, prefix)]));
  const columns = ['Name', ...['Email__c', 'State__c', 'Salesforce_User_Id__c'].map((name) => prefix + name)];
  return mirrorRows(rest, { object: `${prefix}Sellfire_Rep__c`, keyField: `${prefix}Rep_Id__c`, columns }, wanted);
}

function rowOf({ id, name, email, state, sf_owner_id }: Rep, prefix: string): SalesforceFields {
  return {
    Name: storedText(name, LENGTHS.name) ?? id,
    [`${prefix}Email__c`]: storedText(email, LENGTHS.email),
    [`${prefix}State__c`]: storedText(state, LENGTHS.state),
    [`${prefix}Salesforce_User_Id__c`]: storedText(sf_owner_id ?? '', LENGTHS.userId),
  };
}
