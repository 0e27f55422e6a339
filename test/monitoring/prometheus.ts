// A Prometheus for one job: takes scrapes of the bridge, and says which alert rules of config/monitoring hold.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { evaluate, msOf, type Labels, type Sample, type Series } from './promql.ts';

const RULES = new URL('../../config/monitoring/alerts.yaml', import.meta.url);

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: { summary: string; runbook: string };
}

export function alertRules(): AlertRule[] {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as { groups: { rules: AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** As of Prometheus. */
const SCRAPE_MS = 10_000;
const JOB = 'sellfire-bridge';

export class Prometheus {
  private readonly series = new Map<string, Series>();
  private readonly scrapes: number[] = [];

  /**
   * Keeps what one process shows.
   * @param at ms since the epoch; later than every scrape before, of whichever process
   * @param text of `/metrics`; undefined where it does not answer
   */
  take(instance: string, at: number, text: string | undefined): void {
    const target = { job: JOB, instance };
    const samples = text === undefined ? [] : samplesOf(text).map((one) => withLabels(one, target));
    const up = { labels: { __name__: 'up', ...target }, value: text === undefined ? 0 : 1 };
    const seen = new Set<string>();
    for (const { labels, value } of [...samples, up]) {
      const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      seen.add(key);
      const kept: Series = this.series.get(key) ?? { labels, points: [] };
      this.series.set(key, kept);
      kept.points.push({ at, value });
    }
    for (const [key, { labels, points }] of this.series)
      if (labels['instance'] === instance && !seen.has(key)) points.push({ at, value: undefined });
    this.scrapes.push(at);
  }

  /** Scrapes a process, now. @param url of its probes */
  async scrape(url: string): Promise<void> {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(SCRAPE_MS) }).catch(() => undefined);
    this.take(url, Date.now(), answer?.ok ? await answer.text() : undefined);
  }

  /** What an expression yields as of the last scrape. */
  query(expression: string): Sample[] {
    return evaluate(expression, [...this.series.values()], this.scrapes.at(-1) ?? 0);
  }

  /** For which labels the expression of a rule holds as of the last scrape: it is pending, or fires. */
  holds(alert: string): Labels[] {
    return this.query(ruleOf(alert).expr).map(({ labels }) => labels);
  }

  /** Whether it has held at each scrape for as long as the rule asks. */
  fires(alert: string): boolean {
    const { expr, for: lasting = '0s' } = ruleOf(alert);
    const last = this.scrapes.at(-1) ?? 0;
    const since = this.scrapes.findLast((at) => at <= last - msOf(lasting));
    if (since === undefined) return false;
    const series = [...this.series.values()];
    const each = this.scrapes
      .filter((at) => at >= since)
      .map((at) => new Set(evaluate(expr, series, at).map(({ labels }) => JSON.stringify(labels))));
    const [first = new Set<string>()] = each;
    return [...first].some((labels) => each.every((one) => one.has(labels)));
  }
}

function ruleOf(alert: string): AlertRule {
  const rule = alertRules().find((one) => one.alert === alert);
  if (!rule) throw new Error(`There is no rule ${alert}.`);
  return rule;
}

const withLabels = ({ labels, value }: Sample, more: Labels): Sample => ({ labels: { ...labels, ...more }, value });

/** @throws Error where a line is none of the text format (https://prometheus.io/docs/instrumenting/exposition_formats/) */
export function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const [, name, labels = '', value] =
      /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? ([Nn]a[Nn]|[+-]Inf|[-+\d.eE]+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`Not a sample: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, label = '', quoted = '""']) => [
      label,
      JSON.parse(quoted) as string,
    ]);
    return [{ labels: { __name__: name, ...(Object.fromEntries(pairs) as Labels) }, value: numberOf(value ?? '') }];
  });
}

const numberOf = (text: string): number => (text.endsWith('Inf') ? Number(`${text}inity`) : Number(text));
