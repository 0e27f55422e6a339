// Fills the local org with as much as a large customer has. The records are put straight into their tables, because only reading
// is measured.
import { idAt } from '../../test/salesforce/ids.ts';
import type { RunningOrg } from '../../test/salesforce/server.ts';
import type { FieldValue } from '../../test/salesforce/model.ts';

/** Between two reports. */
const STEP_MS = 20_000;
const OUTCOMES = ['Success', 'Skipped', 'Refused', 'Failed'];
const CAUSES = 37;
const TYPES = ['text', 'number', 'date', 'checkbox', 'select', 'phone', 'email', 'url'];
const TARGETS = ['Title', 'Company', 'City', 'Street', 'Description', 'Website', 'Industry', 'Rating', 'Fax', 'State'];

type Row = Readonly<Record<string, FieldValue>>;

/** @param rowOf by the number of the record, from 1 */
function insert({ org, users }: RunningOrg, objectName: string, count: number, rowOf: (at: number) => Row): void {
  const { tables, schema } = org;
  const object = schema.object(objectName);
  const by = { OwnerId: users.admin.id, CreatedById: users.admin.id, LastModifiedById: users.admin.id };
  tables.db.exec('BEGIN');
  for (let at = 1; at <= count; at += 1) {
    const { at: date = new Date().toISOString(), ...row } = rowOf(at);
    const dates = { CreatedDate: date, LastModifiedDate: date, SystemModstamp: date };
    const id = { Id: idAt(object.keyPrefix, at), IsDeleted: false };
    tables.insert(object, { ...tables.blank(object), ...by, ...id, ...dates, ...row });
  }
  tables.db.exec('COMMIT');
}

export function fillReports(running: RunningOrg, count: number): void {
  const end = Date.now();
  insert(running, 'Integration_Report__c', count, (number) => {
    const at = new Date(end - (count - number) * STEP_MS).toISOString();
    return {
      at,
      Name: `R-${String(number).padStart(6, '0')}`,
      Occurred_At__c: at,
      Outcome__c: OUTCOMES[number % OUTCOMES.length] ?? null,
      Code__c: `cause_${number % CAUSES}`,
      Reason__c: `The reason in words, number ${number % CAUSES}`,
      Event__c: 'LeadUpdated',
      Direction__c: number % 2 === 0 ? 'ToSalesforce' : 'ToSellfire',
    };
  });
}

/** What the bridge mirrors of Sellfire. */
export function fillFields(running: RunningOrg, count: number): void {
  insert(running, 'Sellfire_Field__c', count, (number) => ({
    ...fieldAt(number),
    Name: `Field ${number}`,
    Label__c: `Field ${number}`,
    Type__c: TYPES[number % TYPES.length] ?? null,
    Custom__c: number % 2 === 0,
    Read_Only__c: false,
    Required__c: false,
  }));
}

/** One in ten has an issue. */
export function fillMappings(running: RunningOrg, count: number): void {
  insert(running, 'Field_Mapping__c', count, (number) => ({
    Name: `FM-${String(number).padStart(5, '0')}`,
    Sellfire_Object__c: 'lead',
    Sellfire_Field__c: number === 1 ? 'primary_phone_number' : fieldAt(number).Field__c,
    Salesforce_Object__c: number % 2 === 0 ? 'Lead' : 'Contact',
    Salesforce_Field__c: TARGETS[number % TARGETS.length] ?? null,
    Sync_Rule__c: 'TwoWay',
    On_Create_Update__c: true,
    Status__c: number % 10 === 0 ? 'Issue' : 'Ok',
    Status_Reason__c:
      number % 10 === 0 ? 'Title holds 128 characters. Map a longer field, or shorten the values in Sellfire.' : null,
  }));
}

/** A bridge that has just reported, and the settings. */
export function fillStatus(running: RunningOrg): void {
  const now = new Date().toISOString();
  insert(running, 'Bridge_Status__c', 1, () => ({
    Name: 'Sellfire',
    State__c: 'Running',
    Sync_State__c: 'Running',
    Last_Seen_At__c: now,
    Last_In_At__c: now,
    Last_Out_At__c: now,
    Pending_Changes__c: 0,
  }));
  insert(running, 'Sync_Settings__c', 1, () => ({ Name: 'Sellfire', Report_Days__c: 90 }));
}

const fieldAt = (number: number): { Object__c: string; Field__c: string; Key__c: string } => {
  const name = number === 1 ? 'primary_phone_number' : `field_${number}`;
  return { Object__c: 'lead', Field__c: name, Key__c: `lead.${name}` };
};
