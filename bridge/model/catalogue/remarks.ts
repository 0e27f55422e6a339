// What a report row says beside its cause, and the words that stand in the sentences of others.
/** Of the row of an import or an export. */
const ROWS = {
  imported: 'Imported.',
  connectedByImport: 'The lead with this number was there already: it was connected, and has the values of the record.',
  sameByImport: 'The lead was there already, with the same values.',
  leftOut: 'Left out: {what}',
  fieldLeftOut: '{field}: {why}',
  broughtToSellfire: 'Brought to Sellfire.',
} as const;

/** Why a demo or a sale connected a record, or created one. */
const MATCHES = {
  accountNone: 'No Account has the phone or the name.',
  accountsOtherName: 'Accounts have the phone, and none of them the name.',
  accountOne: 'One Account has the phone and the name.',
  accountOneInCity: "One Account has {by}, in the lead's city.",
  accountsNoneInCity: "Of the Accounts that have {by}, none are in the lead's city.",
  accountsSeveralInCity: "Of the Accounts that have {by}, several are in the lead's city.",
  theName: 'the name',
  phoneAndName: 'the phone and the name',
  contactNone: 'No Contact of the Account has the phone.',
  contactOne: 'One Contact of the Account has the phone and the last name.',
  contactsNoneNamed: "Of the Account's Contacts that have the phone, none have the last name.",
  contactsSeveralNamed: "Of the Account's Contacts that have the phone, several have the last name.",
} as const;

/** Why a value does not fit a field of Salesforce. */
const UNFIT = {
  unfitBoolean: '"{value}" is neither true nor false, which {field} needs.',
  unfitNumber: '"{value}" is no number, which {field} needs.',
  unfitWhole: '"{value}" is no whole number, which {field} needs.',
  unfitDate: '"{value}" is no date like 2026-11-24, which {field} needs.',
  unfitDatetime: '"{value}" is no date-time like 2026-11-24T06:30:00Z, which {field} needs.',
  unfitTime: '"{value}" is no time like 10:30:00.000Z, which {field} needs.',
  unfitId: '"{value}" is no id of a record, which {field} needs.',
  unfitLength: '"{value}" has a length of {length}, and {field} takes {most}.',
  unfitOption: '"{value}" is no value of {field}.',
} as const;

/** Words that stand in sentences. */
const WORDS = {
  joined: '{first} {rest}',
  listed: '{first}, {rest}',
  andMore: '{list} and {others} more',
  recordsOf: { one: '{count} {object}', many: '{count} {object}s' },
  records: { one: '{count} record', many: '{count} records' },
  leads: { one: '{count} lead', many: '{count} leads' },
  fields: { one: '{count} field', many: '{count} fields' },
  sales: { one: '{count} sale', many: '{count} sales' },
  items: { one: '{count} item', many: '{count} items' },
  opportunityAtDemo: 'The Opportunity at demo',
  accountAtDemo: 'The Account at demo',
  moveToContact: 'The move of the link to a Contact',
  theSale: 'The sale',
  aDemo: 'A demo',
  aSale: 'A sale',
  aDemoOrSale: 'A demo or a sale',
  demo: 'demo',
  sale: 'sale',
  anotherObject: 'another object',
} as const;

export const REMARKS = { ...ROWS, ...MATCHES, ...UNFIT, ...WORDS };
