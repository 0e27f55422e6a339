// Codes for the status of a field mapping (M8): no value passes, a problem, or single values that may be refused or
// changed.
import type { Entry } from './entry.ts';

const mapping = { places: ['mapping'] } as const;

/** No value passes by such a mapping. */
const DEAD = {
  FIELD_GONE: {
    title: 'Field is gone',
    ...mapping,
    action: 'Choose another.',
    cases: {
      sellfire: { sentence: 'Sellfire has no field {field} of {object} any more.' },
      salesforce: {
        sentence: 'The field {field} of {object} is gone, or hidden from the connected user.',
        action: 'Give the user Read on it, or choose another.',
      },
      object: {
        sentence: 'The object {object} is gone, or hidden from the connected user.',
        action: 'Give the user Read on it, or delete the mapping.',
      },
    },
  },
  NEVER_FIRES: {
    title: 'Mapping never fires',
    ...mapping,
    action: 'Choose a trigger.',
    cases: {
      noTrigger: { sentence: 'It fires on nothing.' },
      saleOnly: { sentence: 'Fields of {object} are sent at a sale only.', action: 'Choose the trigger Sale.' },
      notFollowed: {
        sentence: 'On create/update only Lead, Contact and Account are kept in step.',
        action: 'Choose the trigger Demo Set or Sale.',
      },
      rule: {
        sentence: 'Salesforce fills Sellfire on create/update of Lead, Contact and Account only.',
        action: 'Choose another rule.',
      },
    },
  },
  TYPES_UNFIT: {
    title: 'Types do not fit',
    ...mapping,
    action: 'Choose another field.',
    cases: {
      toSalesforce: {
        sentence: 'The types do not fit: a {sellfire} of Sellfire cannot be put in a {salesforce} of Salesforce.',
      },
      toSellfire: {
        sentence: 'The types do not fit: a {salesforce} of Salesforce cannot be put in a {sellfire} of Sellfire.',
        action: 'Choose another field, or Always use Sellfire.',
      },
      encrypted: {
        sentence:
          '{field} is an encrypted text: Salesforce shows its mask in the place of the value, and no event carries it, so Sellfire cannot be filled from it.',
        action: 'Choose another field, or Always use Sellfire.',
      },
    },
  },
  NOT_WRITABLE: {
    title: 'Field cannot be written',
    ...mapping,
    action: 'Give the user Edit on it, or choose a field that is not computed.',
    cases: {
      salesforce: { sentence: 'The connected user cannot write {field}.' },
      object: {
        sentence: 'The connected user cannot create records of {object}, so that every sale would be refused.',
        action: 'Give the user Read, Create and Edit on it.',
      },
      persons: {
        sentence: 'New Accounts of the connected user are person accounts, so that no demo and no sale can create one.',
        action: 'Assign a business record type of Account to the user.',
      },
      sellfire: {
        sentence: '{field} is read-only in Sellfire, so Salesforce cannot fill it.',
        action: 'Choose Always use Sellfire.',
      },
    },
  },
} as const satisfies Record<string, Entry>;

/** A problem of the mapping; other values pass. */
const ISSUES = {
  PHONE_UNSEARCHABLE: {
    title: 'Phone cannot be searched',
    ...mapping,
    sentence:
      'Salesforce cannot search {field} of {object}, which is encrypted or a long text: a number in it finds no record.',
    action: 'Map the phone to a field of the type Phone, or encrypt it deterministically.',
  },
  FIELD_TOO_SHORT: {
    title: 'Field is too short',
    ...mapping,
    action: 'Map a longer field, or shorten the values in Sellfire.',
    cases: {
      options: { sentence: '{field} takes a length of {length}, and all options together have {needed}.' },
      option: { sentence: '{field} takes a length of {length}, and the option "{option}" has {needed}.' },
      anyLength: {
        sentence:
          '{field} takes a length of {length}, and {sellfire} of Sellfire any number: Salesforce refuses longer values.',
      },
      text: {
        sentence:
          '{field} takes a length of {length}, and {sellfire} of Sellfire up to {most}: Salesforce refuses longer values.',
      },
      list: {
        sentence: '{field} takes a length of {length}: Salesforce refuses a list that is longer altogether.',
        action: '',
      },
      inSellfire: {
        sentence: 'Sellfire takes a length of {most}, Salesforce of {length}: Sellfire refuses longer ones.',
        action: '',
      },
    },
  },
  DECIMALS_LOST: {
    title: 'Decimals are rounded',
    ...mapping,
    action: 'Use a field with {wanted} decimals.',
    cases: {
      amount: { sentence: '{field} keeps {kept}, and {sellfire} has {wanted}: Salesforce rounds.' },
      number: { sentence: '{field} keeps {kept}: Salesforce rounds the rest.', action: '' },
    },
  },
  OPTION_SPLIT: {
    title: 'Option has a semicolon',
    ...mapping,
    sentence: 'A semicolon parts the values in {field}.',
    action: 'Rename {options} in Sellfire.',
  },
  OPTIONS_MISSING: {
    title: 'Options are missing',
    ...mapping,
    action: 'Create what is missing (Inspect).',
    cases: {
      inSalesforce: {
        sentence: '{field} is restricted and lacks {options}.',
        action: 'Add {them} to the picklist in Salesforce.',
      },
      ofRecordType: {
        sentence:
          '{field} is restricted and lacks {options} for the record type {type}, which new records of the connected user get.',
        action: 'Add {them} to the picklist of that record type, or give the user another default record type.',
      },
      inSellfire: { sentence: 'Sellfire lacks {options}.' },
    },
  },
  FILLED_TWICE: {
    title: 'Two mappings fill one field',
    ...mapping,
    action: 'Delete one of the two, or choose other triggers.',
    cases: {
      salesforce: { sentence: '{other} fills {field} on the same trigger.' },
      sellfire: {
        sentence: '{other} fills {field} as well.',
        action: 'Let only one field of a record fill it.',
      },
    },
  },
  MAPPINGS_RING: {
    title: 'Mappings form a ring',
    ...mapping,
    sentence: 'Together with other mappings, {sellfire} and {salesforce} fill each other in a ring.',
    action: 'Take one out of it.',
  },
  NEVER_FILLED: {
    title: 'Required field is never filled',
    ...mapping,
    action: 'Map towards Salesforce.',
    cases: {
      byRule: {
        sentence: 'Salesforce requires {field}, and this rule never fills it: no {object} can be made there.',
        action: 'Choose Two-way sync or Always use Sellfire.',
      },
      others: { sentence: 'No {object} can be made in Salesforce before something fills {fields}.' },
    },
  },
} as const satisfies Record<string, Entry>;

/** The mapping works; single values may be changed or refused. */
const WARNINGS = {
  NOT_IN_EVENTS: {
    title: 'No change events of the field',
    ...mapping,
    action: '',
    sentence:
      'Salesforce reports no changes of {field} by themselves: they come with the next change of the record, or with the daily comparison.',
  },
  VALUE_CONVERTED: {
    title: 'Value is converted',
    ...mapping,
    action: '',
    cases: {
      toSalesforce: { sentence: 'Towards Salesforce: {how}' },
      toSellfire: { sentence: 'Towards Sellfire: {how}' },
    },
  },
  WRITTEN_IN_PART: {
    title: 'Not written at every moment',
    ...mapping,
    action: '',
    cases: {
      creationOnly: { sentence: '{field} is set when a record is made, and cannot be changed later.' },
      changeOnly: { sentence: '{field} cannot be set when a record is made.' },
    },
  },
  PICKLIST_RESTRICTED: {
    title: 'Picklist is restricted',
    ...mapping,
    sentence: '{field} is restricted: Salesforce refuses what is none of its values.',
    action: '',
  },
  DIGITS_FEW: {
    title: 'Few digits',
    ...mapping,
    sentence: 'Digits that {field} takes before the point: {digits}. Salesforce refuses more.',
    action: '',
  },
} as const satisfies Record<string, Entry>;

/** An entry that cannot be parsed. */
const ENTRIES = {
  ENTRY_INVALID: {
    title: 'Entry cannot be understood',
    places: ['mapping', 'check'],
    action: 'Choose another.',
    cases: {
      empty: { sentence: '{label} is empty.', action: 'Fill it in.' },
      rule: { sentence: '{label} is "{value}", which is none of {rules}.' },
      unknown: { sentence: '{label} is "{value}", which is not known.' },
      setting: { sentence: '{label} is {value}; {used} is used. {problem}.', action: 'Correct it in the settings.' },
      settingMissing: {
        sentence: 'The setting {label} is missing or hidden from the connected user; {used} is used.',
        action: 'Update the package, or assign the permission set "Sellfire Integration" to the connected user.',
      },
      secondSettings: {
        sentence: 'Only one record of Sync Settings counts, the oldest: "{name}".',
        action: 'Delete this one.',
      },
    },
  },
} as const satisfies Record<string, Entry>;

export const MAPPING_CHAPTERS = {
  'Field mappings through which nothing passes': DEAD,
  'Field mappings with an issue': ISSUES,
  'Field mappings that work, with a warning': WARNINGS,
  'What was entered': ENTRIES,
};
export const MAPPING_CODES = { ...DEAD, ...ISSUES, ...WARNINGS, ...ENTRIES };
