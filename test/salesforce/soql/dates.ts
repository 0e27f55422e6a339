// SOQL's relative dates as spans of days. The org and its users live in GMT, so a day is a UTC day; a week begins on
// Sunday, as in the locale en_US; fiscal years are calendar years.
import { DateTime, type DurationLike } from 'luxon';

export interface Span {
  /** First day of the span, at midnight. */
  start: DateTime;
  /** Midnight after the last day. */
  end: DateTime;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

function startOf(at: DateTime, unit: Unit): DateTime {
  // Luxon's weeks begin on Monday.
  return unit === 'week' ? at.startOf('day').minus({ days: at.weekday % 7 }) : at.startOf(unit);
}

const plus = (at: DateTime, unit: Unit, count: number): DateTime => at.plus({ [`${unit}s`]: count } as DurationLike);

/** `from` and `to` count units from the present one: (-1, 0) is the last one, (1, 2) the next. */
function span(now: DateTime, unit: Unit, from: number, to: number): Span {
  const present = startOf(now, unit);
  return { start: plus(present, unit, from), end: plus(present, unit, to) };
}

const FIXED = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/;
const COUNTED = /^(LAST_N|NEXT_N|N)_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/;

/** @returns undefined where the name is no date literal. `count` is what follows the colon. */
export function dateSpan(literal: string, count: number | undefined, nowMs: number): Span | undefined {
  const now = DateTime.fromMillis(nowMs, { zone: 'utc' });
  switch (literal) {
    case 'YESTERDAY':
      return span(now, 'day', -1, 0);
    case 'TODAY':
      return span(now, 'day', 0, 1);
    case 'TOMORROW':
      return span(now, 'day', 1, 2);
    case 'LAST_90_DAYS':
      return span(now, 'day', -90, 1);
    case 'NEXT_90_DAYS':
      return span(now, 'day', 1, 91);
  }
  const fixed = FIXED.exec(literal);
  if (fixed) {
    const from = { LAST: -1, THIS: 0, NEXT: 1 }[fixed[1] as 'LAST' | 'THIS' | 'NEXT'];
    return span(now, unitOf(fixed[2]), from, from + 1);
  }
  const counted = COUNTED.exec(literal);
  if (!counted || count === undefined || count < 0) return undefined;
  const unit = unitOf(counted[2]);
  if (counted[3]) return counted[1] === 'N' ? span(now, unit, -count, -count + 1) : undefined;
  // The last n days include today; the last n weeks, months, quarters and years end before the present one.
  if (counted[1] === 'LAST_N') return span(now, unit, -count, unit === 'day' ? 1 : 0);
  return counted[1] === 'NEXT_N' ? span(now, unit, 1, count + 1) : undefined;
}

function unitOf(name: string | undefined): Unit {
  return (name ?? 'DAY').toLowerCase() as Unit;
}
