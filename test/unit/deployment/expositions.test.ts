// The metrics of several processes are one text that Prometheus reads: each family once, and every sample of every process.
import { expect, it } from '@jest/globals';
import { createMetrics } from '../../../bridge/http/metrics.ts';
import { joinExpositions } from '../../../bridge/deployment/expositions.ts';

it('every family has its help and type once, before the samples of all processes', async () => {
  const all = ['north', 'south'].map((name) => createMetrics(name));
  for (const [index, metrics] of all.entries()) metrics.inboxPending.set({ connection: '00D' }, index + 1);
  const text = joinExpositions(await Promise.all(all.map((one) => one.render())));
  const lines = text.split('\n');
  const at = lines.indexOf('# TYPE inbox_pending gauge');
  expect(lines.slice(at - 1, at + 3)).toEqual([
    '# HELP inbox_pending Changes that wait to be worked on',
    '# TYPE inbox_pending gauge',
    'inbox_pending{connection="00D",connection_name="north"} 1',
    'inbox_pending{connection="00D",connection_name="south"} 2',
  ]);
  const types = lines.filter((line) => line.startsWith('# TYPE '));
  expect(new Set(types).size).toBe(types.length);
  const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(samples.filter((line) => !line.includes('connection_name='))).toEqual([]);
});
