// Person accounts: an Account that is a person, with a Contact of its own that nobody makes or deletes by itself. An org turns them on
// for good.
// Sources: SOAP API Developer Guide, "Person Account Record Types"; Object Reference, "Account" (IsPersonAccount, PersonContactId);
// Change Data Capture Developer Guide, "Change Events for Person Accounts".
import { fieldDef, type FieldInput } from './fields.ts';
import { PlatformError, type ObjectDef, type Row } from './model.ts';
import { notWritable } from './rules.ts';
import type { RecordTypes } from './recordTypes.ts';
import type { Schema } from './schema.ts';
import type { Surroundings } from './standard/behaviour.ts';

export interface PersonAccounts {
  /** Turns them on, with a record type for businesses and one for persons. */
  use(): void;
  /** Before the checks of a save. @throws PlatformError for fields that are of the other kind of account */
  derive(object: ObjectDef, row: Row, before: Row | undefined, given: ReadonlySet<string>, around: Surroundings): void;
  /** After it: a person is one account and one contact. */
  saved(object: ObjectDef, row: Row, before: Row | undefined, around: Surroundings): void;
  /** @throws PlatformError where the record goes with its account only */
  removing(object: ObjectDef, row: Row, root: string): void;
}

export const BUSINESS_TYPE = 'Business';
export const PERSON_TYPE = 'PersonAccount';

/** Of the account → of its contact. */
const SHARED: Readonly<Record<string, string>> = {
  Salutation: 'Salutation',
  FirstName: 'FirstName',
  LastName: 'LastName',
  Phone: 'Phone',
  PersonEmail: 'Email',
  PersonMobilePhone: 'MobilePhone',
  PersonTitle: 'Title',
};
const OF_PERSONS: FieldInput[] = [
  { name: 'Salutation', type: 'picklist', length: 40 },
  { name: 'FirstName', label: 'First Name', type: 'string', length: 40 },
  { name: 'LastName', label: 'Last Name', type: 'string', length: 80 },
  { name: 'PersonEmail', label: 'Email', type: 'email' },
  { name: 'PersonMobilePhone', label: 'Mobile', type: 'phone' },
  { name: 'PersonTitle', label: 'Title', type: 'string', length: 80 },
];
const readOnly = { createable: false, updateable: false } as const;

export function createPersonAccounts(schema: Schema, recordTypes: RecordTypes): PersonAccounts {
  let isOn = false;
  /** A save by the platform itself, of the other half of a person. */
  let isMirroring = false;

  const isPersonType = (id: unknown): boolean =>
    typeof id === 'string' && recordTypes.find('Account', id)?.developerName === PERSON_TYPE;

  function mirror(work: () => void): void {
    if (isMirroring) return;
    isMirroring = true;
    try {
      work();
    } finally {
      isMirroring = false;
    }
  }

  return {
    use() {
      isOn = true;
      for (const [developerName, name] of [
        [BUSINESS_TYPE, 'Business Account'],
        [PERSON_TYPE, 'Person Account'],
      ] as const)
        recordTypes.define({
          ...{ object: 'Account', developerName, name, active: true, picklists: {} },
          ...(developerName === PERSON_TYPE ? { isPersonType: true } : {}),
        });
      for (const field of OF_PERSONS) schema.addField('Account', fieldDef(field));
      schema.addField('Account', fieldDef({ name: 'IsPersonAccount', type: 'boolean', ...readOnly }));
      schema.addField(
        'Account',
        fieldDef({
          ...{ name: 'PersonContactId', label: 'Contact ID', type: 'reference', referenceTo: ['Contact'] },
          ...{ relationshipName: 'PersonContact', ...readOnly },
        }),
      );
      schema.addField('Contact', fieldDef({ name: 'IsPersonAccount', type: 'boolean', ...readOnly }));
    },

    derive(object, row, before, given, around) {
      if (!isOn) return;
      if (object.name === 'Account') {
        const isPerson = isPersonType(row['RecordTypeId']);
        const foreign = isPerson ? ['Name'] : OF_PERSONS.map(({ name }) => name);
        const refused = foreign.filter((name) => given.has(name) && row[name] !== null);
        if (refused.length > 0)
          throw new PlatformError(
            'INVALID_FIELD_FOR_INSERT_UPDATE',
            `Account: bad field names on insert/update call: ${refused.join(', ')}`,
            { fields: refused },
          );
        row['IsPersonAccount'] = isPerson;
        if (!isPerson) return;
        if (row['LastName'] === null)
          throw new PlatformError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', {
            fields: ['LastName'],
          });
        row['Name'] = [row['FirstName'], row['LastName']].filter(Boolean).join(' ');
      } else if (object.name === 'Contact') {
        if (before?.['IsPersonAccount'] === true) {
          if (given.has('AccountId') && row['AccountId'] !== before['AccountId']) throw notWritable(['AccountId']);
          return;
        }
        if (isMirroring) row['IsPersonAccount'] = true;
        else if (around.read('Account', row['AccountId'])?.['IsPersonAccount'] === true)
          throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', 'A person account has no contact besides its own', {
            fields: ['AccountId'],
          });
      }
    },

    saved(object, row, _before, around) {
      if (!isOn || row['IsPersonAccount'] !== true) return;
      const id = String(row['Id']);
      if (object.name === 'Account')
        mirror(() => {
          const shared = Object.fromEntries(
            Object.entries(SHARED).map(([ofAccount, ofContact]) => [ofContact, row[ofAccount] ?? null]),
          );
          if (typeof row['PersonContactId'] === 'string') {
            around.set('Contact', row['PersonContactId'], { ...shared, Name: row['Name'] ?? null });
            return;
          }
          const PersonContactId = around.create('Contact', { ...shared, AccountId: id });
          around.set('Account', id, { PersonContactId });
        });
      else if (object.name === 'Contact')
        mirror(() => {
          const shared = Object.fromEntries(
            Object.entries(SHARED).map(([ofAccount, ofContact]) => [ofAccount, row[ofContact] ?? null]),
          );
          around.set('Account', String(row['AccountId']), { ...shared, Name: row['Name'] ?? null });
        });
    },

    removing(object, row, root) {
      if (object.name !== 'Contact' || row['IsPersonAccount'] !== true || root !== row['Id']) return;
      throw new PlatformError('DELETE_FAILED', 'The contact of a person account is deleted with the account');
    },
  };
}
