// Codes for the bridge's decisions about one lead or record, used in report rows.
import type { Entry } from './entry.ts';

const REPUSH = 'Then repush this row.';

/** Identity and creation: the phone number and the fields that a creation requires. */
const CREATION = {
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

/** Values that one side does not accept, and conflicting edits. */
const VALUES = {
  VALUE_UNFIT: {
    title: 'Value does not fit its field',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct {field} in Sellfire, or map it to another field.',
    cases: {
      onUpdate: { sentence: '{unfit} Everything else that had changed was written.' },
      onCreation: { sentence: '{unfit} The {object} is created without it.' },
      leftOut: {
        sentence: '{unfit} The {event} was written without it.',
        action: 'Correct the value in Sellfire, or the mapping to {field}, then repush the {event}.',
      },
      onSale: {
        sentence: '{unfit} Nothing was written.',
        action: 'Correct the value in Sellfire, or the mapping to {field}, then repush the {event}.',
      },
    },
  },
  VALUE_CUT: {
    title: 'Name shortened',
    places: ['report'],
    outcomes: ['Success'],
    sentence: '{field} takes {length} characters, so that it holds the beginning of "{value}".',
    action: 'Shorten the name in Sellfire, or correct it in Salesforce.',
  },
  OVERTAKEN: {
    title: 'A later edit won',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'A later edit on the other side won.',
    action: '',
  },
  BOUNCING: {
    title: 'Field changed back and forth',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The two systems keep changing "{field}" in turn, so it is held still. It goes on after five quiet minutes.',
    action: 'Look for an automation on either side that rewrites it, or map it in one direction.',
  },
  PHASE_REFUSED: {
    title: 'Phase kept by Sellfire',
    places: ['report'],
    outcomes: ['Refused', 'Failed'],
    action: 'Change the phase in Sellfire, or choose one that Salesforce may set from the present one.',
    cases: {
      blank: { sentence: 'A lead always has a phase; Sellfire keeps {current}.' },
      unknown: {
        sentence: '"{wanted}" is not one of the 14 phases; Sellfire keeps {current}.',
        action: 'Choose one of {accepted}.',
      },
      notAccepted: {
        sentence:
          '{wanted} follows from what reps do in Sellfire and cannot be set from Salesforce. Sellfire keeps {current}.',
        action: 'Salesforce may set {accepted}.',
      },
      backwards: {
        sentence: 'The lead is in {current} and never goes back inside a sales cycle.',
        action: 'End the cycle first (Resting, LongResting, Retired or Customer).',
      },
    },
  },
  OWNER_REFUSED: {
    title: 'Owner kept by Sellfire',
    places: ['report'],
    outcomes: ['Refused', 'Failed'],
    action: 'Choose a rep who may have the lead from the list of reps, or change the owner in Sellfire.',
    cases: {
      unknown: {
        sentence: '"{wanted}" is no rep in Sellfire, which keeps its own owner.',
        action: 'Choose an id from the list of reps.',
      },
      deleted: {
        sentence: '"{wanted}" is a deleted rep in Sellfire, which keeps its own owner.',
        action: 'Choose an id from the list of reps.',
      },
      busy: {
        sentence: 'The present owner has events with this lead at specific times ({events}).',
        action: 'Move or delete them, or keep the owner.',
      },
    },
  },
} as const satisfies Record<string, Entry>;

/** The link of a lead with its records. */
const LINK = {
  CREATION_OFF: {
    title: 'Creation in Salesforce is off',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'The lead has no record in Salesforce, and records are not created from Sellfire.',
    action: `Turn on Create Salesforce Records in the settings, or link the lead to a record. ${REPUSH}`,
  },
  LINK_ENDED: {
    title: 'No longer synced',
    places: ['report'],
    outcomes: ['Success', 'Skipped', 'Failed'],
    action: 'Undelete the record to sync the two again.',
    cases: {
      deleted: { sentence: 'Deleted in {side}; the other side keeps its record and is no longer synced.' },
      activity: {
        sentence: 'The lead is no longer synced, because one of the two records was deleted.',
        action: `Undelete it. ${REPUSH}`,
      },
      sale: {
        sentence: 'The lead is no longer synced, because one of the two records was deleted.',
        action: `Undelete it, or link the lead to another record by an import. ${REPUSH}`,
      },
      command: {
        sentence: 'One of the two records was deleted, so nothing is synced any more.',
        action: 'Undelete it, or link the lead to another record by an import.',
      },
    },
  },
  LINK_RESUMED: {
    title: 'Synced again',
    places: ['report'],
    outcomes: ['Success'],
    action: '',
    cases: {
      undeleted: { sentence: 'Undeleted in Salesforce: both sides are synced again.' },
      restored: { sentence: 'Restored in Sellfire: both sides are synced again.' },
    },
  },
  CONVERTED: {
    title: 'Lead converted',
    places: ['report'],
    outcomes: ['Success'],
    sentence: 'The Lead {id} was converted; the lead goes on with its Contact.',
    action: '',
  },
  CONVERTED_UNSEEN: {
    title: 'Converted into a hidden Contact',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The Lead {id} was converted, and the connected user cannot see into what.',
    action: 'Give the user read access to the Contact, then link the lead by an import.',
  },
  MERGED: {
    title: 'Record merged',
    places: ['report'],
    outcomes: ['Success'],
    sentence: 'The {object} {id} was merged into {master}; the lead goes on with that.',
    action: '',
  },
  ACCOUNT_DELETED: {
    title: 'Account deleted',
    places: ['report'],
    outcomes: ['Success'],
    sentence:
      'The Account was deleted; the lead goes on with its record. The next demo or sale connects an Account anew.',
    action: '',
  },
  TWO_LEADS_ONE_RECORD: {
    title: 'Two leads, one record',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The Sellfire leads {mine} and {theirs} are one {object} in Salesforce now ({id}), which stays with {theirs}; {mine} is no longer synced.',
    action:
      'If they are one business, move what is worth keeping and delete {mine} in Sellfire; if not, undo it in Salesforce.',
  },
  RECORD_CLAIMED: {
    title: 'Record belongs to another lead',
    places: ['report', 'error'],
    outcomes: ['Failed'],
    sentence: 'Salesforce record {id} cannot be linked to lead {lead}: it is linked to lead {holder}.',
    action:
      'Merge the two leads in Sellfire, or delete the one that is not in use. The other is linked to the record as soon as it is free.',
  },
  RECORD_ID_INVALID: {
    title: 'No id of a record',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct the id in Sellfire, or remove it: the lead is linked, or its record created, then.',
    cases: {
      notAnId: { sentence: 'The lead carries "{text}" as the id of its {object}, which is no Salesforce id.' },
      otherObject: { sentence: 'The lead carries {id} as the id of its {object}, which is the id of: {other}.' },
      notThere: {
        sentence:
          'The lead carries {id} as the id of its {object}, which does not exist or is hidden from the connected user.',
      },
      deleted: {
        sentence: 'The lead carries {id} as the id of its {object}, which was deleted.',
        action: 'Undelete the record and use Sync now on it, or correct the id in Sellfire.',
      },
    },
  },
  LINKED_ALREADY: {
    title: 'Already connected',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The lead is connected to {present} already, so it was not connected to {id}.',
    action: 'Merge the two records in Salesforce, or delete the one that is not in use.',
  },
  NOT_CONNECTED: {
    title: 'Not connected to a record',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'The lead is connected to no Salesforce Lead or Contact that the Task could belong to.',
    action: `Link existing, or an import, connects it. ${REPUSH}`,
  },
  LEAD_GONE: {
    title: 'Lead deleted in Sellfire',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The lead was deleted in Sellfire.',
    action: 'Restore it there, then make the request again.',
  },
  RECORD_NOT_VISIBLE: {
    title: 'Record deleted or hidden',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The {object} {id} was deleted, or the connected user cannot see it.',
    action: 'Undelete it, or give the user access, then make the request again.',
  },
  NOTHING_TO_REPUSH: {
    title: 'Nothing to repush',
    places: ['report'],
    outcomes: ['Failed'],
    action: '',
    cases: {
      demo: { sentence: 'The sales cycle of that demo is over, and the present one has had none.' },
      saleOfSalesforce: { sentence: 'The sale was made in Salesforce, where it stands.' },
      sale: { sentence: 'The lead has no sale in Sellfire, so there is nothing to do again.' },
      activity: { sentence: 'The lead has no activity in Sellfire, so there is nothing to do again.' },
    },
  },
} as const satisfies Record<string, Entry>;

/** Demos and sales. */
const SALE = {
  TOO_MANY_RECORDS: {
    title: 'Sale too large',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The sale makes {count} records ({parts}), and Salesforce takes {most} in one transaction, so nothing of it was written.',
    action: 'Shorten its locations or items, then repush the sale.',
  },
  TOO_MANY_OBJECTS: {
    title: 'Sale spread over too many objects',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Salesforce takes {most} kinds of changes in one transaction, and these are {count} ({objects}), so nothing of it was written.',
    action: 'Map the sale to fewer objects, then repush the sale.',
  },
  PRODUCT_MISSING: {
    title: 'Product missing in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Make the product and its price, or turn on Create Products in the settings, then repush the sale.',
    cases: {
      atAll: { sentence: 'Salesforce has no active standard price book entry for {products}.' },
      inCurrency: { sentence: 'Salesforce has no active standard price book entry in {currency} for {products}.' },
    },
  },
  CURRENCY_MISSING: {
    title: 'Currency missing in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct the currency of the sale in Sellfire, or add it in Salesforce, then repush the sale.',
    cases: {
      only: {
        sentence: 'The sale is in {currency}, and Salesforce keeps every amount in {known}.',
        action:
          'Correct the currency of the sale in Sellfire, or turn on several currencies in Salesforce, then repush the sale.',
      },
      ofSeveral: {
        sentence: 'The sale is in {currency}, which is no active currency in Salesforce. Active are {known}.',
        action: 'Activate it under Manage Currencies in Setup, or correct the sale in Sellfire, then repush the sale.',
      },
    },
  },
  PRODUCT_INACTIVE: {
    title: 'Product inactive in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'In Salesforce the product or its standard price is not active: {products}.',
    action: 'Activate it, then repush the sale.',
  },
  PRICEBOOK_MISSING: {
    title: 'No standard price book',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The connected user sees no standard price book, so no product can be made.',
    action: 'Activate it and share it with the user, then repush the sale.',
  },
  OBJECT_NOT_CREATEABLE: {
    title: 'No right to create records',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Give the user Read, Create and Edit on it, or delete the mappings, then repush the sale.',
    cases: {
      hidden: { sentence: 'Fields are mapped to {object} at a sale, and the connected user cannot see it.' },
      readOnly: {
        sentence:
          'Fields are mapped to {label} ({object}) at a sale, and the connected user cannot create its records.',
      },
      persons: {
        sentence: 'New Accounts of the connected user are person accounts, and a demo or a sale is made to a business.',
        action: 'Assign a business record type of Account to the user, then repush.',
      },
    },
  },
  MAPPINGS_MIXED: {
    title: 'Items and contacts mapped to one object',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Fields of sale items and of associated contacts are mapped to {label} ({object}) at a sale: a record is of one or of the other.',
    action: 'Map only one of the two to it, then repush the sale.',
  },
  SALE_KNOWN: {
    title: 'Sale known already',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'Sellfire has this sale already.',
    action: '',
  },
  NO_ITEMS: {
    title: 'Opportunity without products and amount',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The Opportunity "{name}" has neither products nor an amount.',
    action: 'Give it one, then export again.',
  },
} as const satisfies Record<string, Entry>;

/** Parked changes. */
const PARKED = {
  POISON: {
    title: 'Change put aside',
    places: ['report', 'error'],
    outcomes: ['Failed'],
    sentence: 'The changes of {key} could not be worked on: {message}.',
    action: 'Report it with the log around it; the changes are kept.',
  },
  EVENT_UNREADABLE: {
    title: 'Event of Sellfire set aside',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Event {sequence} of Sellfire ({type}) is not what the contract says (at {where}), so it was set aside; its lead was read again.',
    action: 'Correct it in Sellfire, or install the version of the bridge that knows it, then repush this row.',
  },
  CHANGE_UNREADABLE: {
    title: 'Change of another version',
    places: ['error'],
    sentence: 'This version of the bridge cannot read the change: {message}',
    action: 'Start the version of the bridge that received it.',
  },
} as const satisfies Record<string, Entry>;

export const REPORT_CHAPTERS = {
  'Creating and finding': CREATION,
  'Values, phases and owners': VALUES,
  'The link of a lead with its records': LINK,
  'Demos and sales': SALE,
  'Changes that were put aside': PARKED,
};
export const REPORT_CODES = { ...CREATION, ...VALUES, ...LINK, ...SALE, ...PARKED };
