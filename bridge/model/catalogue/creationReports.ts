// Codes of identity and creation: the phone number, and the fields that a creation requires.
import { REPUSH, type Entry } from './entry.ts';

export const CREATION = {
  PHONE_EXISTS: {
    title: 'Phone number already known',
    places: ['report'],
    outcomes: ['Skipped', 'Failed'],
    action: 'Link existing connects the two.',
    cases: {
      onRecord: {
        sentence: '{phone} is already on the {object} "{name}" ({id}), so nothing was created or connected.',
      },
      onContact: {
        sentence: '{phone} is already on the Contact "{name}" ({id}), so nothing was created or connected.',
        action:
          'Link existing connects the two. {moment} connects them too, where it finds the Account of the Contact by phone and business name, and the Contact alone has the phone and the last name there.',
      },
      onRecordOfLead: {
        sentence:
          '{phone} is already on the {object} "{name}" ({id}), which is that of the Sellfire lead {lead}, so nothing was created or connected.',
        action: 'Merge the two leads in Sellfire, or correct the number that is wrong.',
      },
      onLead: {
        sentence:
          'The Sellfire lead "{name}" ({id}) has {phone} as its primary phone number already, so no lead was created.',
        action:
          'Link existing connects the two if the lead is connected to no record; a corrected number creates a lead.',
      },
      onImportedRecord: {
        sentence: '{phone} is also the number of {holder}, to which the Sellfire lead is connected.',
        action: 'Merge the two records in Salesforce, or give this one a number of its own.',
      },
    },
  },
  PHONE_AMBIGUOUS: {
    title: 'Phone number on several records',
    places: ['report'],
    outcomes: ['Skipped'],
    action: 'Merge them, or correct the numbers, then use Link existing.',
    cases: {
      records: { sentence: '{phone} is on {records}, so it does not say which of them the lead is.' },
      leads: {
        sentence:
          'The {object} {id} has the numbers of the Sellfire leads {leads}, so they do not say which of them it is.',
      },
    },
  },
  PHONE_INVALID: {
    title: 'No valid phone number',
    places: ['report'],
    outcomes: ['Skipped'],
    action: 'Correct it: the lead is created then.',
    cases: {
      inSalesforce: { sentence: '{field} holds "{value}", which is no valid phone number.' },
      inSalesforcePlaceholder: {
        sentence: '{field} holds "{value}", a placeholder, which does not say who the record is.',
      },
      inSellfire: {
        sentence: '{field} holds "{value}", which is no valid phone number.',
        action: 'Correct it in Sellfire: the record is created then.',
      },
      inSellfirePlaceholder: {
        sentence: '{field} holds "{value}", a placeholder, which does not say who the lead is.',
        action: 'Correct it in Sellfire: the record is created then.',
      },
    },
  },
  NO_PHONE: {
    title: 'No phone number',
    places: ['report'],
    outcomes: ['Skipped', 'Failed'],
    action: 'Enter one: the lead is created then.',
    cases: {
      inSalesforce: { sentence: 'The {object} has no phone number, by which Sellfire knows a lead.' },
      inSellfire: {
        sentence: 'The lead has no primary phone number.',
        action: 'Enter one in Sellfire: the record is created then.',
      },
    },
  },
  PHONE_UNMAPPED: {
    title: 'Phone number not mapped',
    places: ['report', 'error'],
    outcomes: ['Failed'],
    action: 'Map the phone number on the Field Mappings page.',
    cases: {
      towardsSalesforce: { sentence: 'The primary phone number is not mapped towards a field of {object}.' },
      towardsSellfire: { sentence: 'No field of {object} is mapped to the primary phone number.' },
      forLinking: {
        sentence:
          "No field of Lead or Contact is mapped to Sellfire's primary phone number, by which the two are compared.",
      },
      forImport: {
        sentence: "No field of {objects} is mapped to Sellfire's primary phone number, by which a lead is known.",
        action: 'Map the phone number on the Field Mappings page, then import.',
      },
    },
  },
  NOTHING_MAPPED: {
    title: 'Nothing is mapped',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'No Sellfire field is mapped to {object}.',
    action: 'Map the phone number and the required fields on the Field Mappings page.',
  },
  VALUE_INACTIVE: {
    title: 'Picklist value is inactive',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: '{field} of {object} takes {options} no more, so that records are written without this value.',
    action: 'Activate the value in Setup, and what waited is written by itself; or take the option out of Sellfire.',
  },
  RECORD_TYPE_UNAVAILABLE: {
    title: 'Record type cannot be given',
    places: ['report', 'check'],
    outcomes: ['Failed'],
    action: 'Choose one on the Settings page ({types}), or none for the default of the connected user.',
    cases: {
      unknown: {
        sentence: 'New records of {object} are given the record type "{wanted}", which {object} does not have.',
      },
      inactive: { sentence: 'New records of {object} are given the record type "{wanted}", which is not active.' },
      unavailable: {
        sentence:
          'New records of {object} are given the record type "{wanted}", which the connected user may not give.',
        action: 'Assign it to the user in a profile or a permission set, or choose one on the Settings page ({types}).',
      },
      person: {
        sentence:
          'New records of {object} are given the record type "{wanted}", which makes a person of an Account, and a demo or a sale is made to a business.',
      },
      refused: {
        sentence: 'Salesforce refuses the record type of new records of {object}.',
        action: 'Look at the record types on the Settings page, and at those that are assigned to the connected user.',
      },
    },
  },
  LEAD_CREATION_PAUSED: {
    title: 'Creation in Sellfire is paused',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'No lead is created in Sellfire. {why}',
    action: 'The records wait, and their leads are created by themselves when this is mended.',
  },
  CREATION_PAUSED: {
    title: 'Creation is paused',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'No {object} is created in Salesforce. {why}',
    action: 'The leads wait, and are created by themselves when this is mended.',
  },
  REQUIRED_UNMAPPED: {
    title: 'Required field not mapped',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Map a Sellfire field to it, towards Salesforce.',
    cases: {
      onCreation: { sentence: 'Salesforce requires {fields} on {object}, and nothing is mapped to it.' },
      forDemo: {
        sentence: '{part} is held up, because these mappings are missing: {mappings}.',
        action: 'Map these fields towards Salesforce, then repush this row.',
      },
      onSale: {
        sentence: 'Salesforce requires {fields} on {object}, and nothing is mapped to it.',
        action: 'Map a Sellfire field to it with the sale trigger, then repush the sale.',
      },
    },
  },
  REQUIRED_EMPTY: {
    title: 'Required field is empty',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Fill it in, in Sellfire.',
    cases: {
      onCreation: {
        sentence: 'Salesforce requires {fields} on {object}, which is empty in Sellfire.',
        action: 'Fill it in, in Sellfire: the record is created then.',
      },
      forDemo: {
        sentence: '{part} is held up, because these fields are empty in Sellfire: {fields}.',
        action: `Fill them in. ${REPUSH}`,
      },
      onSale: {
        sentence: 'Salesforce requires {fields} on {object}, and what is mapped to it is empty in Sellfire.',
        action: 'Fill it in, then repush the sale.',
      },
    },
  },
} as const satisfies Record<string, Entry>;
