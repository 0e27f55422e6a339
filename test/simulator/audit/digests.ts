// The weekly digest (B24, docs/alerts.md): due on Monday at 8:00 of the org's time zone, with what was carried, refused and failed, what holds, and
// the causes, most first. And many failures of one cause: 25 within an hour, over when fewer than 5 are left.

const HOUR_MS = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(moment: number, zone: string): string {
  const known =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  clocks.set(zone, known);
  return known.format(new Date(moment));
}

/** @param now a whole half hour, as every zone is from UTC */
export function auditMonday(given: number, now: number, zone: string): string[] {
  const isBegin = (moment: number): boolean => /^Mon,? 08:00$/.test(clockOf(moment, zone));
  let monday = now;
  while (!isBegin(monday)) monday -= HOUR_MS / 2;
  return given === monday
    ? []
    : [`B24: the digest of ${new Date(now).toISOString()} in ${zone} begins at ${new Date(given).toISOString()}.`];
}

interface Week {
  from: number;
  counts: { in: number; out: number; refused: number; failed: number };
  states: readonly string[];
  causes: readonly { title: string; code: string; count: number }[] | undefined;
}

export function auditDigest({ from, counts, states, causes }: Week, now: number, zone: string, text: string): string[] {
  const many = (count: number): string => new Intl.NumberFormat('en-US').format(count);
  const day = (moment: number): string =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, month: 'long', day: 'numeric' }).format(new Date(moment));
  const lines = text.split('\n');
  const isCalm = counts.refused === 0 && counts.failed === 0;
  const wanted = [
    `From ${day(from)} to ${day(now)}:`,
    `${many(counts.in)} ${counts.in === 1 ? 'change was' : 'changes were'} carried to Sellfire and ${many(counts.out)} to Salesforce.`,
    isCalm ? 'None was refused, and none failed.' : `${many(counts.refused)} refused, ${many(counts.failed)} failed.`,
    ...states.map((state) => `- ${state}`),
    ...(states.length === 0 ? ['Nothing stands in the way now.'] : ['What holds now:']),
    ...(causes ?? []).map(({ title, code, count }) => `- ${title} (${code}): ${many(count)}`),
    ...(causes?.length === 0 ? ['No cause is open.'] : []),
  ];
  const isUnknown = lines.some((line) => line.includes('could not be read from Salesforce'));
  const said = lines.filter((line) => line.startsWith('- ')).length;
  return [
    ...wanted.filter((line) => !lines.includes(line)).map((line) => `B24: the digest does not say "${line}": ${text}`),
    ...(isUnknown === (causes === undefined) ? [] : [`B24: the digest is wrong about its causes: ${text}`]),
    ...(said === states.length + (causes?.length ?? 0) ? [] : [`B24: the digest lists ${said}: ${text}`]),
  ];
}

const [MANY, FEW] = [25, 5];

/**
 * @param failures when each change failed, by code
 * @param raised codes of which an alert says so already
 */
export function auditFailures(
  failures: readonly { code: string; at: number }[],
  raised: ReadonlySet<string>,
  now: number,
  given: readonly { code: string; count: number }[],
): string[] {
  const recent = failures.filter(({ at }) => now - at < HOUR_MS);
  const counts = [...Map.groupBy(recent, ({ code }) => code)].map(([code, of]) => ({ code, count: of.length }));
  const wanted = counts.filter(({ code, count }) => count >= (raised.has(code) ? FEW : MANY));
  const said = (some: readonly { code: string; count: number }[]): string =>
    some
      .map(({ code, count }) => `${code} ${count}`)
      .toSorted()
      .join();
  const isSorted = given.every(({ count }, index) => index === 0 || count <= (given[index - 1]?.count ?? 0));
  return said(wanted) === said(given) && isSorted
    ? []
    : [`B24: many fail are ${said(given)} instead of ${said(wanted)}.`];
}
