// Names the states of a connection that an admin is alerted about (B24), of the same facts as the status on Home. A state that is
// the effect of another one is left out, so that one cause makes one message.
import type { AlertChannel, AlertState } from '../../model/alert.ts';
import type { CreationTarget } from '../../model/config.ts';

/** Each is a sentence for the admin where it holds, otherwise undefined. */
export interface AlertFacts {
  /** Why the bridge's store cannot be written. */
  storeFails: string | undefined;
  storeLost: string | undefined;
  /** Why the org cannot be worked with: revoked, away, without the package. */
  connection: string | undefined;
  /** Why Sellfire's events cannot be read. */
  sellfireLost: string | undefined;
  /** Why no call to Salesforce may be made. */
  budgetSpent: string | undefined;
  /** Why the org delivers no events. */
  eventsSpent: string | undefined;
  /** Why nothing can be written at all. */
  workPaused: string | undefined;
  still: Partial<Record<'toSellfire' | 'toSalesforce', string>>;
  creationPaused: Partial<Record<CreationTarget, string>>;
  /** Codes under which many changes fail, each with how many in the last hour. */
  failures: readonly { code: string; title: string; count: number }[];
  /** Channels that have taken no alert for a while, with the reason of the last attempt. */
  undelivered: Partial<Record<AlertChannel, string>>;
}

export interface Present {
  state: AlertState;
  /** Of the message that says that it holds, and of the one that says that it is over. */
  title: string;
  over: string;
  text: string;
  /** The state has lasted for the calm time before it is named: a direction stands still only after two minutes. */
  isCalm?: true;
}

const STILL = {
  toSellfire: {
    state: 'toSellfireStill',
    title: 'Changes from Salesforce to Sellfire stand still',
    over: 'Changes from Salesforce reach Sellfire again',
  },
  toSalesforce: {
    state: 'toSalesforceStill',
    title: 'Changes from Sellfire to Salesforce stand still',
    over: 'Changes from Sellfire reach Salesforce again',
  },
} as const;

const NAMES = { bell: 'the bell', email: 'e-mail', webhook: 'webhook' } as const;

/** @param isRunning an admin has started the sync, and neither paused nor ended it */
export function presentStates(facts: AlertFacts, isRunning: boolean): Present[] {
  const causes = [
    one('storeFails', 'The bridge cannot write its store', 'The bridge writes its store again', facts.storeFails),
    one('storeLost', 'The links are lost, and nothing is written', 'The store is in order again', facts.storeLost),
    one('connection', 'The connection does not work', 'The connection works again', facts.connection),
    one('sellfireLost', 'Sellfire cannot be reached', 'Sellfire is connected again', facts.sellfireLost),
    one('budgetSpent', 'The API calls of the bridge are used up', 'The bridge has API calls again', facts.budgetSpent),
  ].flat();
  const paused = causes.length > 0 || !isRunning ? undefined : facts.workPaused;
  const why = [...causes, ...one('workPaused', 'Nothing can be written', 'Changes are written again', paused)];
  // Whatever stops all work is why a direction stands still: its own message says so.
  const still = why.length > 0 || !isRunning ? {} : facts.still;
  return [
    ...why,
    ...one('eventsSpent', 'Salesforce delivers no events', 'Salesforce delivers events again', facts.eventsSpent),
    ...(['toSellfire', 'toSalesforce'] as const).flatMap((id) =>
      one(STILL[id].state, STILL[id].title, STILL[id].over, still[id]).map((state) => ({
        ...state,
        isCalm: true as const,
      })),
    ),
    ...(['Lead', 'Contact'] as const).flatMap((object) =>
      one(
        `creationPaused:${object}`,
        `No ${object} can be created in Salesforce`,
        `${object}s are created in Salesforce again`,
        facts.creationPaused[object],
      ),
    ),
    ...one(
      'creationPaused:Sellfire',
      'No lead can be created in Sellfire',
      'Leads are created in Sellfire again',
      facts.creationPaused.Sellfire,
    ),
    ...(['bell', 'email', 'webhook'] as const).flatMap((channel) =>
      one(
        `undelivered:${channel}`,
        `Alerts by ${NAMES[channel]} are not delivered`,
        `Alerts by ${NAMES[channel]} are delivered again`,
        facts.undelivered[channel],
      ),
    ),
    ...facts.failures.map(({ code, title, count }) => ({
      state: `failures:${code}` as const,
      title: `Many changes fail: ${title}`,
      over: `Changes no longer fail in numbers: ${title}`,
      text: `${count.toLocaleString('en-US')} changes failed or were refused within an hour with ${code}. The Reports page lists them, and what helps.`,
    })),
  ];
}

function one(state: AlertState, title: string, over: string, text: string | undefined): Present[] {
  return text === undefined ? [] : [{ state, title, over, text }];
}
