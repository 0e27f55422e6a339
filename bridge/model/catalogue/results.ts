// What came of requests that read or change many records.
export const RESULTS = {
  notInStep: 'The {object} could not be brought in step; its latest integration report says why.',
  syncedNow: {
    one: 'The {object} was compared with Sellfire.',
    many: 'The {object} was compared with Sellfire ({count} leads).',
  },
  inReports: 'What had to be written is in its integration reports.',
  seeReports: 'The integration reports say of each what to do.',

  recordsThat: '{what}: {parts}.',
  recordsOnly: '{what}.',
  leadsCreated: { one: '{count} lead created in Sellfire', many: '{count} leads created in Sellfire' },
  connectedThere: '{number} connected with leads that were there',
  linkedAlready: '{number} linked already',
  withoutPhone: '{number} without a phone number',
  phoneNone: '{number} whose number is none',
  phoneTaken: '{number} whose number another record has',
  phoneShared: '{number} that share a number with another record',
  numberFailed: '{number} failed',
  wouldCreate: '{number} would be created in Sellfire',
  wouldConnect: '{number} would be connected with leads whose number Sellfire has',

  salesWouldExport: '{sales} won in Salesforce, with {items}; {bare} without products and amount.',
  salesExported: '{sales} won in Salesforce: {created} brought to Sellfire, {known} there already, {failed} failed.',

  recordsWithPhone:
    '{records} with a phone number: {linked} of a lead that is linked already, {ambiguous} numbers that several records hold.',
  pairsWouldLink: { one: '{count} pair would be linked.', many: '{count} pairs would be linked.' },
  pairsLinked: { one: '{count} pair linked.', many: '{count} pairs linked.' },
  numberNotLinked: '{number} could not be linked.',

  pairsCompared: { one: '{count} linked pair compared.', many: '{count} linked pairs compared.' },
  pairsRead: {
    one: '{count} linked pair read; {differing} that showed something new compared.',
    many: '{count} linked pairs read; {differing} that showed something new compared.',
  },
  changedCompared: {
    one: '{count} record that has changed since {since} compared.',
    many: '{count} records that have changed since {since} compared.',
  },
  bothWouldChange: '{records} would change in Salesforce, {leads} in Sellfire.',
  leftOutOfStep: {
    one: '{count} could not be brought in step, with an integration report.',
    many: '{count} could not be brought in step, each with an integration report.',
  },

  catalogueHas: { one: 'Sellfire has {count} field.', many: 'Sellfire has {count} fields.' },
  fieldsAdded: { one: '{list} was added.', many: '{list} were added.' },
  fieldsChanged: { one: '{list} has changed.', many: '{list} have changed.' },
  fieldsRemoved: { one: '{list} is gone.', many: '{list} are gone.' },
  nothingChanged: 'Nothing has changed.',
  mappingsChecked: {
    one: '{count} mapping checked again: {issues}.',
    many: '{count} mappings checked again: {issues}.',
  },
  noIssue: 'no issue',
  issues: { one: '{count} issue', many: '{count} issues' },

  wouldRestore: {
    one: '{count} record with the id of a lead would be linked with it; what has changed since {since} would be compared.',
    many: '{count} records with the id of a lead would be linked with it; what has changed since {since} would be compared.',
  },
  restored: {
    one: '{count} record linked again or new since {since}, and compared.',
    many: '{count} records linked again or new since {since}, and compared.',
  },
  notCompared: {
    one: '{count} could not be compared, with an integration report.',
    many: '{count} could not be compared, each with an integration report.',
  },
  syncGoesOn: 'Sync goes on.',
} as const;
