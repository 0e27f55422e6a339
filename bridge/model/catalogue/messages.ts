// Sentences about what goes on and what came of it: the result of a request, the steps of a test, the state of the bridge.
// `{name}` is a placeholder; where a `count` decides between two forms, both stand here. The package has each as the label
// `Say_<code>` in every language; a test holds its English labels to these sentences.
import type { Values } from './entry.ts';
import { FAULTS } from './faults.ts';
import { REMARKS } from './remarks.ts';
import { RESULTS } from './results.ts';

/** Results of the requests that switch sync, and of the check of the set-up. */
const CONTROL = {
  syncStarted: 'Sync has started. What is new or changed travels from now on.',
  syncPaused: 'Sync is paused. Changes are received and kept; nothing is written in either system until it is resumed.',
  syncResumed: 'Sync goes on, with what has changed meanwhile.',
  syncDisconnected: 'Sync has stopped, and the token is revoked. The configuration stays. Connect again to go on.',
  syncRunsAlready: 'Sync runs already ({by}).',
  nothingToPause: 'Nothing to pause: sync does not run ({by}).',
  nothingToResume: 'Nothing to resume: sync is not paused ({by}).',
  disconnectedAlready: 'The org is disconnected already ({by}).',
  rightsAll: {
    one: 'The {count} right that the bridge needs is there.',
    many: 'All {count} rights that the bridge needs are there.',
  },
  rightsLack: {
    one: '{count} right of {total} lacks something: {objects}.',
    many: '{count} rights of {total} lack something: {objects}.',
  },
  rightsBeyond: {
    one: '{count} right goes beyond what is needed.',
    many: '{count} rights go beyond what is needed.',
  },
} as const;

/** Results of the request for a test message. */
const ALERTS = {
  testBellRung: 'The bell rings for everybody who has the permission set Sellfire Administrator.',
  testBellFailed: 'The bell did not ring: {problem}',
  testEmailSent: 'An e-mail went to every Enablement user of Sellfire.',
  testEmailFailed: 'The e-mail was not sent: {problem}',
  testWebhookSent: 'The webhook took the message.',
  testWebhookFailed: 'The webhook did not take the message: {problem}',
  testWebhookUnset: 'The webhook has no address: set ALERT_WEBHOOK_URL where the bridge runs.',
  alertWithoutAddress: 'The bridge has no address for it any more.',
  testNoChannel: 'No way of alerting is switched on, so that nothing was sent.',
} as const;

/** Results of previews and of requests that change many records. */
const REQUESTS = {
  changedSinceConnected: {
    one: '{count} record changed since the org was connected.',
    many: '{count} records changed since the org was connected.',
  },
  startInSellfire: 'In Sellfire: {create} created, {update} updated, {refused} refused.',
  startInSalesforce: 'In Salesforce: {create} created, {update} updated, {refused} refused.',
  restStays: 'Everything else stays as it is.',
  linkedRecords: { one: '{count} linked record.', many: '{count} linked records.' },
  firstOnly: 'Only the first {most} were looked at.',
  wouldChange: '{differing} would change.',
  mappingLinked: { one: '{mapping}: {count} linked record.', many: '{mapping}: {count} linked records.' },
  changeInSalesforce: {
    one: '{count} record would change in Salesforce.',
    many: '{count} records would change in Salesforce.',
  },
  changeInSellfire: {
    one: '{count} lead would change in Sellfire.',
    many: '{count} leads would change in Sellfire.',
  },
  othersSame: 'The others hold the same on both sides.',
  mappingApplied: {
    one: '{mapping} was applied to {count} linked record.',
    many: '{mapping} was applied to {count} linked records.',
  },
  failedReported: {
    one: '{count} failed, with an integration report.',
    many: '{count} failed, each with an integration report.',
  },
  repushNone: 'No integration report matches, so that nothing was repushed.',
  repushed: { one: '{count} event repushed.', many: '{count} events repushed.' },
  failedAgain: {
    one: '{count} failed again, with a new report.',
    many: '{count} failed again, each with a new report.',
  },
  repushNoMatch: 'No integration report matches.',
  wouldRepush: { one: 'Would repush {count} event: {list}.', many: 'Would repush {count} events: {list}.' },
  optionsComplete: '{sellfire} of Sellfire has every value of {salesforce} already.',
  optionsCreated: {
    one: '{count} option created in {field} of Sellfire: {list}.',
    many: '{count} options created in {field} of Sellfire: {list}.',
  },
  optionsThere: { one: '{list} was there already.', many: '{list} were there already.' },
  stopped: 'Stopped on request. What was done until then stays done.',
  stoppedAt: '{done} of {total} were done by then.',
  withdrawn: {
    one: '{count} record that waited is left as it is.',
    many: '{count} records that waited are left as they are.',
  },
  answeredAgain: '{peer} answered {message}. Make the request again when it is back.',
} as const;

/** The test of one record, step by step. */
const TEST = {
  testInSellfire: '"{name}" is in Sellfire ({id}).',
  testInSalesforce: 'It is the {object} {id} in Salesforce.',
  testChanged: '{field} was changed to "{value}".',
  testArrived: '{field} is "{value}" in Sellfire.',
  testRetired: 'The test lead is retired: nobody calls it. Keep it for the next test, or delete it in both systems.',
  testEndedEarly: 'The round trip has ended early.',
  testOneWay: 'Only the direction to Salesforce was tested, and it works: no text field is mapped towards Sellfire.',
  testPassed: 'A lead made the round trip: both directions work.',
} as const;

/** The state of the bridge, as Home says it. */
const STATUS = {
  phoneNotMapped: 'Nothing syncs until the Sellfire primary phone number is mapped.',
  shareUsed:
    "The bridge made {own} of the {allowance} Salesforce API calls that it may make in 24 hours ({share} % of the org's {allowed}).",
  orgCallsUsed: 'The org used {used} of its {allowed} API calls in 24 hours, {own} of them by the bridge.',
  callsWarned: 'From 95 % on, what can wait is put off.',
  callsDeferred:
    'Reconciling, requests and activities wait until calls of yesterday fall out of the count; leads, phases and sales go on.',
  callsShort: 'Salesforce API calls run short.',
  callsPaused: 'What needs Salesforce waits until calls of yesterday fall out of the count; nothing is lost.',
  raiseShare: "Raise the bridge's share in Settings, or have Salesforce add API calls.",
  seeCallers: 'See in Salesforce Setup, System Overview, who makes them, or have Salesforce add API calls.',
  asksForChanges: 'Salesforce delivers no events ({code}); the bridge asks about every minute what has changed.',
  askingFails: 'Asking fails: {problem}',
  silentFor: {
    one: 'Salesforce has sent no event and no sign of life for {count} minute.',
    many: 'Salesforce has sent no event and no sign of life for {count} minutes.',
  },
  storeUnusable:
    'The bridge cannot write its store, so that nothing is synced. Give its disk room and the right to write.',
  storeLost: 'The store of the bridge is not the one that this org knows. Restore the links, or start anew.',
  notSignedIn: 'Not signed in yet.',
  notSubscribed: 'The bridge does not receive the events of Salesforce yet.',
  feedUnread: 'The events of Sellfire have not been read yet.',
  feedFails: 'The events of Sellfire cannot be read: {problem}',
  workPaused: 'All work is paused: {problem}',
  workWaits: 'Changes that wait: {pending}. The oldest waits for {minutes} min.',
  clockOff:
    'The clock of the bridge is wrong by {seconds} seconds. Set it by a time server: until then webhooks may be refused, and of two edits the wrong one may win.',
  mappingProblem: 'The field mapping {name} cannot work; the Field Mappings page says why.',
  towardsSellfireStill: {
    one: 'Salesforce to Sellfire: the oldest change has waited for {count} minute.',
    many: 'Salesforce to Sellfire: the oldest change has waited for {count} minutes.',
  },
  towardsSalesforceStill: {
    one: 'Sellfire to Salesforce: the oldest change has waited for {count} minute.',
    many: 'Sellfire to Salesforce: the oldest change has waited for {count} minutes.',
  },
  triedInVain: 'It was last tried in vain: {problem}',
  triedAgain: 'Its changes are tried again.',
  peerAnswered: '{peer} answered {code}: {message}',
  other: '{text}',
} as const;

/** Why a record or a lead is, or is not, in step (B16): what each gate says, and what would be written now. */
const WHY = {
  whyInStep: 'Nothing keeps the two apart: what changes on one side is carried to the other.',
  whyBlank: 'Enter an id, a link or a phone number.',
  whyUnreadable: '"{text}" is no id, no link and no phone number.',
  whyPhoneUnreadable: '"{text}" is no phone number that identifies anybody.',
  whyAddressOfNothing: 'The link leads to no Lead, Contact, Account or Sellfire lead.',
  whyOtherHost: '{host} is neither this org nor Sellfire, as the settings name it. Enter the id alone.',
  whyOtherObject: '{id} is the id of another object. Leads, Contacts and Accounts are kept in step.',
  whyPhoneOfNobody: 'No record that the connected user can see and no Sellfire lead has {phone}.',
  whyLeadUnknown: 'Sellfire has no lead {id}.',
  whyMerged: 'The {object} {id} was merged into {into}, which is kept in step in its place.',
  whyDeleted: 'The {object} {id} was deleted. Undelete it to keep it in step.',
  whyFoundBoth: 'The {object} is there for the connected user, and the lead is in Sellfire.',
  whyFoundRecord: 'The {object} is there for the connected user.',
  whyFoundLead: 'The lead is in Sellfire.',
  whySyncRuns: 'Sync runs.',
  whyNotStarted: 'Sync has not been started, so that nothing is written in either system. Start it on Home.',
  whyPaused: '{by} has paused sync, so that nothing is written in either system. Resume it on Home.',
  whyDisconnected: '{by} has disconnected the org, so that nothing is written in either system. Connect it on Home.',
  whyPhoneMapped: 'The Sellfire primary phone number is mapped.',
  whyObjectMapped: {
    one: '{count} field is mapped ({object}).',
    many: '{count} fields are mapped ({object}).',
  },
  whyObjectUnmapped: 'No field of {object} is mapped on create and update. Map them on the Field Mappings page.',
  whyLinked: 'The {object} {id} and the lead {lead} are linked.',
  whyMovedOn: 'Its lead went on to the {object} {id}, which is kept in step in its place.',
  whyConverted: 'The Lead was converted. Its Contact is kept in step in its place.',
  whyNotLinked: 'It is linked with nothing so far.',
  whyNotReached: 'It does not come to that.',
  whyPhone: '{phone} identifies it.',
  whyPhoneFree: 'Nobody else has the number.',
  whyLeadsCreated: 'Leads are created in Sellfire.',
  whyLeadsNotCreated: 'Leads are not created from Salesforce. Turn on Create in Sellfire in the settings.',
  whyRecordsCreated: 'Leads are created in Salesforce, and what they require is mapped and filled.',
  whyRecordsNotCreated: 'Records are not created from Sellfire. Turn on Create in Salesforce in the settings.',
  whyOfContact: 'It is a person account. Its Contact is kept in step in its place.',
  whyUpdatesOn: 'Updates are on in both directions.',
  whyUpdatesOff: 'Updates are off in both directions. Turn them on in the settings.',
  whyRecordsNotUpdated: 'Records are not updated from Sellfire. Turn on Update Salesforce in the settings.',
  whyLeadsNotUpdated: 'Leads are not updated from Salesforce. Turn on Update Sellfire in the settings.',
  whyNoAttempt: 'The integration reports have no attempt about it.',
  whyAttemptSucceeded: 'The last attempt in the integration reports succeeded.',
  whyAttemptFailed: 'The last attempt was in vain: {code}. {reason}',
  whyFieldsSame: {
    one: 'The {count} mapped field holds the same on both sides.',
    many: 'All {count} mapped fields hold the same on both sides.',
  },
  whyFieldsDiffer: {
    one: '{count} of {total} mapped fields does not hold the same on both sides.',
    many: '{count} of {total} mapped fields do not hold the same on both sides.',
  },
  whyRuleSellfire: 'Sellfire decides. Its next change is written to Salesforce.',
  whyRuleSalesforce: 'Salesforce decides. Its next change that is not blank is written to Sellfire.',
  whyRuleTwoWay: 'Linking changes neither side. The next change of either is written to the other.',
  whyOwnerDiffers: 'A change of the owner was refused. Both sides keep theirs until one is changed again.',
  whyFieldRefused: 'The last value was refused: {code}.',
  whyFieldWaits: 'The value is about to be written.',
  whyNothingWaits: 'No change waits.',
  whyChangesWait: {
    one: '{count} change waits. It is carried by itself.',
    many: '{count} changes wait. They are carried by themselves.',
  },
  whyParked: 'A change is set aside: {code}. {reason}',
  whyLinkWaits: 'The lead waits since an attempt ended so: {code}. Its next change tries again.',
  whyOnlyNamed: 'The lead {lead} names the record, and no change has linked the two since. Use Sync now on the record.',
  whyLeadNotBegun:
    'Nothing keeps a record from being created. Leads that were there before get theirs when their phone is changed or their first demo is set.',
  whyRecordNotBegun:
    'Nothing keeps a lead from being created. Records that were there before get theirs by Sync now or by an import.',
  whyOfSale: 'A sale made this Contact for one of its people, so that it makes no lead by itself. Sync now makes one.',
  whyNowNothing: 'Nothing would be written.',
  whyNowLead: 'A lead would be created in Sellfire.',
  whyNowRecord: 'A {object} would be created in Salesforce.',
  whyNowLinkLead: 'The lead would get the id of its record.',
  whyNowLinkRecord: 'The {object} would get the id of its lead.',
  whyNowUpdateLead: {
    one: '{count} field of the lead would be written in Sellfire.',
    many: '{count} fields of the lead would be written in Sellfire.',
  },
  whyNowUpdateRecord: {
    one: '{count} field of the {object} would be written in Salesforce.',
    many: '{count} fields of the {object} would be written in Salesforce.',
  },
  whyNowHeld: 'It is written once sync runs.',
} as const;

export const MESSAGES = {
  ...CONTROL,
  ...ALERTS,
  ...REQUESTS,
  ...RESULTS,
  ...REMARKS,
  ...FAULTS,
  ...TEST,
  ...STATUS,
  ...WHY,
};
export type MessageCode = keyof typeof MESSAGES;

type Template<Code extends MessageCode> = (typeof MESSAGES)[Code] extends { many: infer Many }
  ? Many
  : (typeof MESSAGES)[Code];
type ValuesOf<Code extends MessageCode> = (typeof MESSAGES)[Code] extends { many: infer Many }
  ? Omit<Values<Many>, 'count'> & { count: number }
  : Values<Template<Code>>;
/** What `say` takes besides the code: nothing where the sentence has no placeholder. */
export type MessageValues<Code extends MessageCode> = keyof ValuesOf<Code> extends never
  ? []
  : [values: ValuesOf<Code>];
