// Which features, faults and actions exist in a history. Each history of the swarm has some of each and lacks the others, since
// two that are always there together hide what one of them breaks alone.
import { Random } from '../sellfire/random.ts';
import { ACCOUNTS } from './features/accounts.ts';
import { ALERTS } from './features/alerts.ts';
import { AUTOMATIONS } from './features/automations.ts';
import { BUDGET } from './features/budget.ts';
import { CLOCKS } from './features/clocks.ts';
import { ABROAD } from './features/countries.ts';
import type { Feature } from './features/feature.ts';
import { FILES } from './features/files.ts';
import { FLURRIES } from './features/flurries.ts';
import { LIKENESSES } from './features/likenesses.ts';
import { ORG_SETUP } from './features/orgSetup.ts';
import { IMPORTS } from './features/imports.ts';
import { MAPPINGS } from './features/mappings.ts';
import { PAUSE } from './features/pauses.ts';
import { REFUSALS } from './features/refusals.ts';
import { DESK } from './features/desk.ts';
import { REQUESTS } from './features/requests.ts';
import { SALES } from './features/sales.ts';
import { CHANGING_SETTINGS, SETTINGS } from './features/settings.ts';
import { OBJECTIONS } from './features/objections.ts';
import { OPTIONS } from './features/options.ts';
import { OBSTACLES } from './features/obstacles.ts';
import { PHONES } from './features/phones.ts';
import { REGIONS } from './features/regions.ts';
import { RESTORES } from './features/restores.ts';
import { RICH_TEXT } from './features/richText.ts';
import { RIGHTS } from './features/rights.ts';
import { SMALL_FIELDS } from './features/smallFields.ts';
import { STARTS } from './features/starts.ts';
import { STAFF } from './features/staff.ts';
import { STATUSES } from './features/statuses.ts';
import { TYPES } from './features/types.ts';
import { UNREADABLE } from './features/unreadable.ts';
import { ACTIONS } from './randomEdits.ts';
import { NO_FAULTS, type FaultRates } from './simulatedFaults.ts';

/** Histories of the swarm have this seed or a later one; those before have no feature, and mean what they always meant. */
export const SWARM_FROM = 1_000_000;

const FIRST: readonly Feature[] = [...AUTOMATIONS, ...REFUSALS, ...REQUESTS, PAUSE, ...CLOCKS];
/** Drawn apart, so that they change no draw of the others. */
const LATER: readonly Feature[] = [...SALES, ...DESK, SETTINGS];
/** Histories with everything have this seed or a later one; those before have none of these, and mean what they always meant. */
export const EVERYTHING_FROM = 40_000_000;
const LAST: readonly Feature[] = [TYPES, MAPPINGS, CHANGING_SETTINGS, IMPORTS, BUDGET, UNREADABLE];
/** Histories in which admins ask, too, have this seed or a later one; those before have none of these, and mean what they always meant. */
export const ASKED_FROM = 60_000_000;
const ASKED: readonly Feature[] = [
  STATUSES,
  RIGHTS,
  ALERTS,
  FILES,
  STARTS,
  REGIONS,
  RICH_TEXT,
  OBSTACLES,
  OBJECTIONS,
  PHONES,
  ABROAD,
  SMALL_FIELDS,
];
/** Histories in which people are in a hurry, too, have this seed or a later one; those before mean what they always meant. */
export const HURRIED_FROM = 90_000_000;
const HURRIED: readonly Feature[] = [FLURRIES];
/** Histories in which Accounts follow, options and reps come and go, too, have this seed or a later one; those before mean what they always meant. */
export const FOLLOWED_FROM = 110_000_000;
const FOLLOWED: readonly Feature[] = [ACCOUNTS, STAFF, OPTIONS];
/**
 * Histories in which no call fails, nothing comes between, and the org has no automations and rules have this seed or a later one: what a link
 * remembers is known to the millisecond there, and nothing is written in vain. Those before mean what they always meant.
 */
export const CALM_FROM = 120_000_000;
/** Histories that draw from these as well have this seed or a later one, up to those in which people are in a hurry. */
export const DEEPER_FROM = 80_000_000;
const DEEPER: readonly Feature[] = [LIKENESSES, ...ORG_SETUP, RESTORES];
export const FEATURES: readonly Feature[] = [...FIRST, ...LATER, ...LAST, ...ASKED, ...DEEPER, ...HURRIED, ...FOLLOWED];

export interface Swarm {
  features: readonly Feature[];
  /** Names of actions that nobody performs. */
  missing: ReadonlySet<string>;
  faultRates: FaultRates;
  gaps: boolean;
  lossy: boolean;
}

const FEATURE = 0.25;
const LAST_FEATURE = 0.4;
const FAULT = 0.4;
const MISSING = 0.2;

/**
 * @param without names of features that no history has; everything else is drawn as ever
 * @returns undefined for a seed before the swarm
 */
export function drawSwarm(seed: number, without: readonly string[] = []): Swarm | undefined {
  if (seed < SWARM_FROM) return undefined;
  // Other randomness than that of the steps, which have the seed itself.
  const random = new Random(seed ^ 0x5eed5eed);
  const exists = (): boolean => random.chance(FAULT);
  const later = new Random(seed ^ 0x0fea_7e5);
  const last = new Random(seed ^ 0x1a57_fea7);
  const asked = new Random(seed ^ 0x0a5c_fea7);
  const hurried = new Random(seed ^ 0x4a57_fea7);
  const deeper = new Random(seed ^ 0x0dee_fea7);
  const followed = new Random(seed ^ 0xacc_fea7);
  const drawn = [
    ...FIRST.filter(() => random.chance(FEATURE)),
    ...LATER.filter(() => later.chance(FEATURE)),
    ...(seed < EVERYTHING_FROM ? [] : LAST.filter(() => last.chance(LAST_FEATURE))),
    ...(seed < ASKED_FROM ? [] : ASKED.filter(() => asked.chance(LAST_FEATURE))),
    ...(seed < HURRIED_FROM ? [] : HURRIED.filter(() => hurried.chance(LAST_FEATURE))),
    ...(seed < FOLLOWED_FROM ? [] : FOLLOWED.filter(() => followed.chance(LAST_FEATURE))),
    ...(seed < DEEPER_FROM || seed >= HURRIED_FROM ? [] : DEEPER.filter(() => deeper.chance(LAST_FEATURE))),
  ];
  const isCalm = seed >= CALM_FROM;
  const features = drawn.filter((one) => !without.includes(one.name) && !(isCalm && FIRST.includes(one)));
  const faultRates = {
    crash: exists() ? random.pick([0.01, 0.04]) : 0,
    refused: exists() ? 0.03 : 0,
    unanswered: exists() ? 0.03 : 0,
    meanwhile: exists() ? random.pick([0.1, 0.3]) : 0,
  };
  const missing = new Set(ACTIONS.filter(() => random.chance(MISSING)).map(({ name }) => name));
  const [gaps, lossy] = [exists(), random.chance(0.1)];
  return isCalm
    ? { features, faultRates: NO_FAULTS, missing, gaps: false, lossy: false }
    : { features, faultRates, missing, gaps, lossy };
}
