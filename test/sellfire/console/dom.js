// Building the page: elements from data, never from text that could be markup; and times and phases in words.

/**
 * An element. `on…` are listeners, `class`, `text` and attributes by name; false, null and undefined are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} props
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'text') element.textContent = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const short = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
export const clockTime = (iso) => clock.format(new Date(iso));
export const dateTime = (iso) => short.format(new Date(iso));

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
/** "in 3 hours", "yesterday". */
export function fromNow(iso) {
  const away = new Date(iso).getTime() - Date.now();
  const size = Math.abs(away);
  if (size < MINUTE) return 'now';
  if (size < 60 * MINUTE) return relative.format(Math.round(away / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(away / (60 * MINUTE)), 'hour');
  return relative.format(Math.round(away / DAY), 'day');
}

/** The value of a datetime-local input, in this browser's time zone. */
export function localInput(date) {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 16);
}

/** +15125550134 → (512) 555-0134. */
export const phoneText = (phone) => phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');

/** What each phase means, and its colour in the style sheet. */
export const PHASES = {
  ColdCallCold: ['Not dialled in this cycle', 'cold'],
  ColdCallWorkingNum: ['Dialled, the number works', 'cold'],
  ColdCallNDM: ['A gatekeeper was reached', 'cold'],
  ColdCallDM: ['The decision maker was reached', 'cold'],
  HeldPhase: ['A first demo is set', 'warm'],
  PostInitialHelPhaseDemoNotHeld: ['The first demo was not held', 'warn'],
  PostHoldPhase: ['A demo was held', 'hot'],
  RestingColdCall: ['Rests, out of cold calls', 'rest'],
  LongRestingColdCall: ['Rests long, out of cold calls', 'rest'],
  Resting: ['Rests, before a demo was held', 'rest'],
  LongResting: ['Rests long, after a held demo', 'rest'],
  RetiredColdCall: ['Retired out of cold calls', 'closed'],
  Retired: ['Retired', 'closed'],
  Customer: ['A customer', 'won'],
};
export const phaseChip = (phase) =>
  h('span', { class: `chip ${PHASES[phase]?.[1] ?? ''}`, title: PHASES[phase]?.[0], text: phase });
