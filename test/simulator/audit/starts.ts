// What the bridge makes of what it finds at its start, and of the use of the org's allocations: whether the store is the one that the org knows (M34),
// how many calls are left (M19, I19), and how many will be used by the end of the day (B30).

export interface StoreGiven {
  /** What the store knows of its last heartbeat; undefined where it has sent none. */
  mark: { id: string; revision: number; links: number } | undefined;
  links: number;
  /** What the org knows of the last heartbeat. */
  heartbeat: { mark: string | null; syncState: string | null; seenAt: number | undefined; lagMs: number } | undefined;
}

export function auditStore({ mark, links, heartbeat }: StoreGiven, given: string | undefined): string[] {
  const hasRun = heartbeat?.seenAt !== undefined && ![null, 'NotStarted'].includes(heartbeat.syncState);
  const [id, revision] = (hasRun ? heartbeat.mark : null)?.split(':') ?? [];
  const isKnown = mark !== undefined && id === mark.id && Number(revision) <= mark.revision;
  let wanted: string | undefined;
  // Links are never removed, so that a store with fewer is not whole, whatever the org says.
  if (mark && mark.links > links) wanted = 'emptied';
  else if (hasRun && !mark && links === 0) wanted = 'lost';
  else if (id !== undefined && !isKnown) wanted = links === 0 && id !== mark?.id ? 'lost' : 'older';
  return given === wanted
    ? []
    : [
        `M34: the store is ${given ?? 'in order'} instead of ${wanted ?? 'in order'} (${JSON.stringify({ mark, links, heartbeat })}).`,
      ];
}

export interface BudgetGiven {
  own: number;
  org: { used: number; allowed: number } | undefined;
  share: number;
}

interface BudgetSaid {
  tier: string;
  allowance: number | undefined;
  left: number | undefined;
  reason: string;
  messages: readonly { code: string }[];
}

const TIERS = ['normal', 'warned', 'deferred', 'paused'];
/** Of the share: where it is said, where what can wait is put off, where nothing is called. */
const FROM = [80, 95, 100];

export function auditBudget({ own, org, share }: BudgetGiven, said: BudgetSaid): string[] {
  const wrong = (what: string): string[] => [
    `I19: ${what} with ${JSON.stringify({ own, org, share })}: ${said.reason}`,
  ];
  if (!org)
    return said.tier === 'normal' && said.allowance === undefined && said.left === undefined
      ? []
      : wrong('the org said nothing');
  const allowance = Math.floor((org.allowed * share) / 100);
  const step = (used: number, of: number): number => FROM.filter((percent) => used * 100 >= of * percent).length;
  const [byShare, byOrg] = [step(own, allowance), step(org.used, org.allowed)];
  // What others use is no warning of the bridge, before it leaves too few calls for it.
  const tier = Math.max(byShare, byOrg === 1 ? 0 : byOrg);
  if (said.tier !== TIERS[tier]) return wrong(`${said.tier} instead of ${String(TIERS[tier])}`);
  if (said.allowance !== allowance) return wrong(`${said.allowance} calls are allowed`);
  const left = Math.min(allowance - own, org.allowed - org.used);
  if (said.left !== (left < 0 ? 0 : left)) return wrong(`${said.left} calls are left`);
  if (tier === 0) return said.reason === '' && said.messages.length === 0 ? [] : wrong('nothing is to be said');
  const about = byShare === tier ? [allowance, share] : [org.used];
  const figures = said.reason.replaceAll(',', '');
  return about.every((figure) => figures.includes(String(figure))) && said.messages.length > 1
    ? []
    : wrong('it says too little');
}

const HOUR_MS = 3_600_000;
const zones = new Map<string, Intl.DateTimeFormat>();

/** @param recent uses of the last hours; the last one goes on */
export function auditForecast(
  used: number,
  recent: readonly number[],
  now: number,
  zone: string,
  given: number,
): string[] {
  const format = zones.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' });
  zones.set(zone, format);
  // No day of the zone changes its clock, so that what the clock lacks of midnight is left.
  const [hours = 0, minutes = 0, seconds = 0] = format.format(new Date(now)).split(':').map(Number);
  const left = 24 - hours - minutes / 60 - seconds / 3_600 - (now % 1_000) / HOUR_MS;
  const passed = (now % HOUR_MS) / HOUR_MS;
  const [current = 0, ...before] = recent.toReversed();
  const counted = before.slice(0, 3);
  const time = counted.length + passed;
  const sum = current + counted.reduce((total, one) => total + one, 0);
  const wanted = used + (time > 0 ? (sum / time) * left : 0);
  return Math.abs(wanted - given) <= 1 + wanted / 1e6 ? [] : [`B30: ${given} are foreseen instead of ${wanted}.`];
}
