// Alert rules, dashboard and runbooks follow the metrics: what they name is there, by its name and labels.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../../bridge/http/metrics.ts';
import { alertRules } from '../../monitoring/prometheus.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const rules = alertRules().map(({ alert, expr, annotations: { summary, runbook } }) => ({
  ...{ name: alert, expr, summary },
  runbook: /^docs\/operation\.md#(.+)$/.exec(runbook)?.[1] ?? '',
}));
const dashboard = JSON.parse(read('config/monitoring/dashboard.json')) as {
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
};
const anchors = [...read('docs/operation.md').matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
);

/** Names and labels of what an expression reads. */
const namesIn = (expr: string): string[] => expr.match(/\b[a-z]+(?:_[a-z]+)+\b(?=[{[ ]|$)/g) ?? [];
const labelsIn = (expr: string): string[] =>
  [...expr.matchAll(/[{,]\s*([a-z]+)\s*(?:!?=~?)/g)].map(([, name = '']) => name);

async function exposed(): Promise<string> {
  const metrics = createMetrics();
  metrics.inboxOldest.set({ connection: '00D' }, 301);
  return metrics.render();
}

describe('an alert rule', () => {
  it('is there for each sign that a runbook begins with, and names its runbook', () => {
    expect(rules.length).toBeGreaterThanOrEqual(10);
    for (const { name, expr, summary, runbook } of rules) {
      expect({ name, expr, summary }).not.toMatchObject({ expr: '' });
      expect(summary).toMatch(/\.$/);
      expect({ name, runbook: anchors.includes(runbook) }).toEqual({ name, runbook: true });
    }
  });

  it('is made true by a test that names it in its title', () => {
    const titles = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .flatMap((path) => [...read(`test/${path}`).matchAll(/\bit\(\s*'(.+)',/g)].map(([, title = '']) => title));
    for (const { name } of rules)
      expect({
        name,
        tested: titles.some((title) => new RegExp(`\\b${name}\\b.*\\b(holds?|fires?)\\b`).test(title)),
      }).toEqual({
        name,
        tested: true,
      });
  });

  it('reads a metric that the bridge shows', async () => {
    const text = await exposed();
    const ofOthers = /^up\{|\(connection_process_up\b/;
    for (const { name, expr } of rules.filter(({ expr: one }) => !ofOthers.test(one))) {
      const names = namesIn(expr);
      expect({ name, names: names.length > 0 }).toEqual({ name, names: true });
      for (const one of names) expect(text).toContain(`# TYPE ${one} `);
    }
  });

  it('that joins series tells the connections of a deployment apart', () => {
    const joined = rules.filter(({ expr }) => /\b(?:sum|min|max|count)\b/.test(expr));
    expect(joined.length).toBeGreaterThan(0);
    for (const { name, expr } of joined)
      expect({ name, expr }).toMatchObject({ expr: expect.stringMatching(/by \(connection_name\b/) });
  });

  it('compares with a reason of a cut stream that the bridge counts', () => {
    const reasons = rules.flatMap(({ expr }) => [...expr.matchAll(/reason="(.+?)"/g)].map(([, reason]) => reason));
    expect(reasons).toEqual(['exhausted']);
    expect(read('bridge/salesforce/pubsub/subscription.ts')).toContain("kind: 'exhausted'");
  });
});

describe('the dashboard', () => {
  it('draws metrics that the bridge shows, by labels that they have', async () => {
    const text = await exposed();
    const source = read('bridge/http/metrics.ts');
    for (const { expr } of dashboard.panels.flatMap(({ targets }) => targets)) {
      for (const one of namesIn(expr).filter((name) => name !== 'connection_process_up'))
        expect(text).toContain(`# TYPE ${one} `);
      for (const label of labelsIn(expr).filter((one) => !['job', 'connection_name'].includes(one)))
        expect(source).toContain(`'${label}'`);
    }
  });

  it('draws how the work is shared among processes', () => {
    const drawn = dashboard.panels.flatMap(({ targets }) => targets).map(({ expr }) => expr);
    expect(drawn.filter((expr) => expr.includes('worker_processes{'))).toHaveLength(1);
    const [turns, ...others] = drawn.filter((expr) => expr.includes('turns_total{'));
    expect(others).toEqual([]);
    expect(turns).toMatch(/by \(.*\brun\b.*\)/);
  });

  it('draws one connection of a deployment or all of them, and says which is which', () => {
    for (const { title, targets } of dashboard.panels)
      for (const { expr, legendFormat } of targets) {
        expect({ title, expr }).toMatchObject({ expr: expect.stringContaining('connection_name=~"$connection_name"') });
        expect({ title, legendFormat }).toMatchObject({ legendFormat: expect.stringContaining('{{connection_name}}') });
      }
  });
});
