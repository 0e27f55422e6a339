// What the alert rules are judged by reads expressions as Prometheus does, and refuses what it does not know.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../bridge/http/metrics.ts';
import { Prometheus, samplesOf } from './prometheus.ts';
import { evaluate, type Series } from './promql.ts';

const MINUTE_MS = 60_000;
/** A point a minute. */
const series = (labels: Record<string, string>, ...values: (number | undefined)[]): Series => ({
  labels,
  points: values.map((value, index) => ({ at: (index + 1) * MINUTE_MS, value })),
});
const waits = (connection: string, ...values: (number | undefined)[]): Series =>
  series({ __name__: 'waits', connection }, ...values);

describe('an expression', () => {
  it('has the last point of each series that a selector names, until it is gone or five minutes old', () => {
    const all = [waits('a', 1, 2), waits('b', 3, undefined), series({ __name__: 'other' }, 4)];
    const at = 2 * MINUTE_MS;
    expect(evaluate('waits', all, at)).toEqual([{ labels: { __name__: 'waits', connection: 'a' }, value: 2 }]);
    expect(evaluate('waits{connection="b"}', all, at)).toEqual([]);
    expect(evaluate('waits{connection=~"a|b"}', all, MINUTE_MS).map(({ value }) => value)).toEqual([1, 3]);
    expect(evaluate('waits{connection!="a"} > 2', all, MINUTE_MS).map(({ value }) => value)).toEqual([3]);
    expect(evaluate('waits{connection!~"a.*"}', all, MINUTE_MS).map(({ value }) => value)).toEqual([3]);
    expect(evaluate('waits', all, at + 4 * MINUTE_MS)).toHaveLength(1);
    expect(evaluate('waits', all, at + 5 * MINUTE_MS)).toEqual([]);
  });

  it('joins series by labels; what has none of them is a group of its own', () => {
    const all = [waits('a', 1), waits('b', 5), series({ __name__: 'waits' }, 7)];
    expect(evaluate('max by (connection) (waits) > 1', all, MINUTE_MS)).toEqual([
      { labels: { connection: 'b' }, value: 5 },
      { labels: {}, value: 7 },
    ]);
    expect(evaluate('sum(waits)', all, MINUTE_MS)).toEqual([{ labels: {}, value: 13 }]);
  });

  it('has the increase of a counter over its restarts, extrapolated to the range, and none of one that has just appeared', () => {
    // Extrapolated to the ends of the range where a point is near, and never below 0.
    const at = 5 * MINUTE_MS;
    const of = (...values: number[]) => evaluate('increase(waits[5m])', [waits('a', ...values)], at)[0]?.value;
    expect(of(0, 0, 0, 0, 4)).toBe(4);
    expect(of(10, 11, 12, 13, 14)).toBe(5);
    expect(of(10, 12, 1, 2, 3)).toBeCloseTo(6.25);
    expect(of(7)).toBeUndefined();
    expect(evaluate('rate(waits[5m])', [waits('a', 10, 11, 12, 13, 14)], at)[0]?.value).toBeCloseTo(5 / 300);
    expect(evaluate('delta(waits[5m])', [waits('a', 4, 3, 2, 1, 0)], at)[0]?.value).toBe(-5);
  });

  it.each([
    'waits +1',
    'waits and waits',
    'max without (a) (waits)',
    'avg(waits)',
    'quantile(waits)',
    'increase(waits)',
    'increase(waits[5w])',
    'waits offset 5m',
    'waits{connection="a"',
    'waits > other',
    '',
  ])('that it does not know is refused: %s', (expression) => {
    expect(() => evaluate(expression, [], 0)).toThrow('Not known');
  });
});

describe('a scrape', () => {
  it('is read with all labels, whatever their values hold', () => {
    expect(samplesOf('# HELP a b\na{b="x\\"}{,\\\\",c="1"} 1.5e+3\na +Inf\n')).toEqual([
      { labels: { __name__: 'a', b: 'x"}{,\\', c: '1' }, value: 1500 },
      { labels: { __name__: 'a' }, value: Number.POSITIVE_INFINITY },
    ]);
    expect(() => samplesOf('a{b="c" 1')).toThrow('Not a sample');
  });

  it('shows that a process answers no more, and that what it showed is gone', () => {
    const prometheus = new Prometheus();
    prometheus.take('one', 0, 'inbox_oldest_seconds{connection="00D"} 301\n');
    expect(prometheus.holds('LagGrows')).toHaveLength(1);
    prometheus.take('one', 1, undefined);
    expect(prometheus.holds('LagGrows')).toEqual([]);
    expect(prometheus.holds('BridgeDown')).toHaveLength(1);
  });

  it('makes a rule fire once it has held for as long as the rule asks', () => {
    const prometheus = new Prometheus();
    for (let minute = 0; minute <= 5; minute += 1) {
      expect(prometheus.fires('LagGrows')).toBe(false);
      prometheus.take('one', minute * MINUTE_MS, 'inbox_oldest_seconds{connection="00D"} 301\n');
    }
    expect(prometheus.fires('LagGrows')).toBe(true);
    prometheus.take('one', 6 * MINUTE_MS, 'inbox_oldest_seconds{connection="00D"} 10\n');
    prometheus.take('one', 7 * MINUTE_MS, 'inbox_oldest_seconds{connection="00D"} 301\n');
    expect(prometheus.fires('LagGrows')).toBe(false);
  });
});

describe('the dashboard', () => {
  it('asks what can be answered', async () => {
    const { panels } = JSON.parse(
      readFileSync(new URL('../../config/monitoring/dashboard.json', import.meta.url), 'utf8'),
    ) as { panels: { targets: { expr: string }[] }[] };
    const prometheus = new Prometheus();
    prometheus.take('one', 0, await createMetrics().render());
    for (const { expr } of panels.flatMap(({ targets }) => targets))
      expect(() => prometheus.query(expr.replaceAll(/\$\w+/g, '.*'))).not.toThrow();
  });
});
