// Alerts (B24) as docs/alerts.md says them: one message when a state has lasted, one when it has been over for long, and of one cause with several
// effects only the cause; each way in its own order, later and later, for a day.

export interface Facts {
  storeFails: string | undefined;
  storeLost: string | undefined;
  connection: string | undefined;
  sellfireLost: string | undefined;
  budgetSpent: string | undefined;
  eventsSpent: string | undefined;
  workPaused: string | undefined;
  still: Partial<Record<string, string>>;
  creationPaused: Partial<Record<string, string>>;
  failures: readonly { code: string; title: string; count: number }[];
  undelivered: Partial<Record<string, string>>;
}

export interface Message {
  id: string;
  kind: string;
  state?: string | undefined;
  title: string;
  text: string;
  at: number;
}

/** A look at the state: when, what held, and what was decided. */
export interface Look {
  now: number;
  facts: Facts;
  isRunning: boolean;
  due: readonly Message[];
}

const CAUSES = ['storeFails', 'storeLost', 'connection', 'sellfireLost', 'budgetSpent'] as const;

/** The states that hold, each with what its text says. */
function heldIn({ facts, isRunning }: Look): Map<string, string> {
  const held = new Map<string, string>();
  const add = (state: string, text: string | undefined): void => {
    if (text !== undefined) held.set(state, text);
  };
  for (const cause of CAUSES) add(cause, facts[cause]);
  if (held.size === 0 && isRunning) add('workPaused', facts.workPaused);
  if (held.size === 0 && isRunning)
    for (const way of ['toSellfire', 'toSalesforce']) add(`${way}Still`, facts.still[way]);
  add('eventsSpent', facts.eventsSpent);
  for (const [target, text] of Object.entries(facts.creationPaused)) add(`creationPaused:${target}`, text);
  for (const [channel, text] of Object.entries(facts.undelivered)) add(`undelivered:${channel}`, text);
  for (const { code, count } of facts.failures)
    add(`failures:${code}`, `${count.toLocaleString('en-US')} changes failed`);
  return held;
}

/** What each state is called by people; failures are called by their cause. */
const NAMED: Readonly<Record<string, RegExp>> = {
  storeFails: /store/,
  storeLost: /links|store/,
  connection: /connection/,
  sellfireLost: /Sellfire/,
  budgetSpent: /API calls/,
  eventsSpent: /events/,
  workPaused: /written/,
  toSellfireStill: /Salesforce.*Sellfire/,
  toSalesforceStill: /Sellfire.*Salesforce/,
  'creationPaused:Lead': /Leads?\b.*Salesforce/,
  'creationPaused:Contact': /Contacts?\b.*Salesforce/,
  'creationPaused:Sellfire': /leads?\b.*in Sellfire/i,
  'undelivered:bell': /bell/,
  'undelivered:email': /e-mail/,
  'undelivered:webhook': /webhook/,
};

/** @param calm ms that a state lasts before it is said, and that it is gone before its end is said */
export function auditAlerts(looks: readonly Look[], calm: { raise: number; clear: number }): string[] {
  const held = looks.map(heldIn);
  const states = new Set([
    ...held.flatMap((of) => [...of.keys()]),
    ...looks.flatMap(({ due }) => due.map((one) => one.state ?? '')),
  ]);
  return [...states].flatMap((state) => {
    const wrong: string[] = [];
    let [began, ended]: (number | undefined)[] = [];
    let isSaid = false;
    for (const [index, look] of looks.entries()) {
      const { now } = look;
      const text = held[index]?.get(state);
      const given = look.due.filter((one) => one.state === state);
      let wanted: string | undefined;
      if (text === undefined) {
        if (!isSaid) began = undefined;
        else {
          ended ??= now;
          if (now - ended >= calm.clear) wanted = 'recovered';
        }
      } else {
        began ??= now;
        ended = undefined;
        const waits = state.endsWith('Still') ? 0 : calm.raise;
        if (!isSaid && now - began >= waits) wanted = 'raised';
      }
      if (given.map(({ kind }) => kind).join() !== (wanted ?? ''))
        wrong.push(
          `B24: ${state} is ${given.map(({ kind }) => kind).join() || 'not said'} instead of ${wanted ?? 'not said'}.`,
        );
      for (const message of given) wrong.push(...wordsOf(state, message, { began, ended, text, look }));
      if (wanted === 'raised') isSaid = true;
      if (wanted === 'recovered') [isSaid, began, ended] = [false, undefined, undefined];
    }
    return wrong;
  });
}

const minute = (ms: number | undefined): string =>
  ms === undefined ? '' : new Date(ms).toISOString().replace('T', ' ').slice(0, 'yyyy-mm-dd hh:mm'.length);

interface Known {
  began: number | undefined;
  ended: number | undefined;
  text: string | undefined;
  look: Look;
}

function wordsOf(
  state: string,
  { kind, id, title, text, at }: Message,
  { began, ended, text: reason, look }: Known,
): string[] {
  const about = look.facts.failures.find(({ code }) => state === `failures:${code}`);
  const name = state.startsWith('failures:') ? new RegExp(about?.title ?? '') : NAMED[state];
  const isNamed = name?.test(title) ?? false;
  const said = kind === 'raised' ? [reason ?? ''] : [`from ${minute(began)}`, `to ${minute(ended)}`];
  const isWhole = said.every((one) => text.includes(one)) && (kind !== 'raised' || !about || text.includes(about.code));
  const isDated =
    at === look.now && id.startsWith(`${state}:${String(began)}`) && id.endsWith(':over') === (kind === 'recovered');
  return isNamed && isWhole && isDated ? [] : [`B24: ${state} is ${kind} as "${title}": ${text} (${id}).`];
}
