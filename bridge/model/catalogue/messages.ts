// Sentences about what goes on and what came of it: the result of a request, the steps of a test, the state of the bridge.
// `{name}` is a placeholder; where a `count` decides between two forms, both stand here. The package has each as the label
// `Say_<code>` in every language; a test holds its English labels to these sentences.
import type { Values } from './entry.ts';

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
  callsPaused: 'What needs Salesforce waits until calls of yesterday fall out of the count; nothing is lost.',
  raiseShare: "Raise the bridge's share in Settings, or have Salesforce add API calls.",
  seeCallers: 'See in Salesforce Setup, System Overview, who makes them, or have Salesforce add API calls.',
  asksForChanges: 'Salesforce delivers no events ({code}); the bridge asks about every minute what has changed.',
  askingFails: 'Asking fails: {problem}',
  silentFor: {
    one: 'Salesforce has sent no event and no sign of life for {count} minute.',
    many: 'Salesforce has sent no event and no sign of life for {count} minutes.',
  },
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

export const MESSAGES = { ...CONTROL, ...REQUESTS, ...TEST, ...STATUS };
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
