// The metrics of a bridge as a dashboard reads them, over the life of a connection, and its traces as a collector takes them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startReceiver, type Receiver } from '../helpers/receiver.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Prometheus } from '../monitoring/prometheus.ts';
import { Story } from './story.ts';

let stack: Stack;
let story: Story;
let collector: Receiver;
beforeAll(async () => {
  collector = await startReceiver();
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  stack.bridge.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = new URL(collector.url).origin;
  await stack.bridge.start();
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  collector?.close();
});

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: unknown }[];
}

/** What the collector has taken (OTLP/HTTP in JSON). */
const spans = (): Span[] =>
  collector.received.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body.toString()) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });

describe('the traces of a connection', () => {
  it('follow a change from its commit to what it wrote, by ids and without a value of the record', async () => {
    const { id, lead } = await story.fromSalesforce({ LastName: 'Unspoken', City: 'Unspoken City' });
    const about = (name: string) => (span: Span) =>
      span.name === name &&
      JSON.stringify(span.attributes).includes(`"${id}"`) &&
      JSON.stringify(span.attributes).includes(lead.id);
    const root = await until('the collector has the trace', () => spans().find(about('salesforce change')));
    const parts = spans().filter(({ parentSpanId }) => parentSpanId === root.spanId);
    expect(parts.map(({ name, traceId }) => [name, traceId])).toEqual(
      ['arrive and wait', 'decide', 'write', 'save'].map((name) => [name, root.traceId]),
    );
    const ends = [root.startTimeUnixNano, ...parts.map(({ endTimeUnixNano }) => endTimeUnixNano)].map(Number);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(root.endTimeUnixNano).toBe(parts.at(-1)?.endTimeUnixNano);
    expect(collector.received.map(({ body }) => body.toString()).join('')).not.toMatch(/Unspoken|1512555/);
  });

  it('hold nothing up where the collector takes none, and the log says so once', async () => {
    collector.answer(400);
    const { id, lead } = await story.fromSalesforce();
    await until('the log says it', () => story.logged('traces_not_sent') > 0);
    const taken = collector.received.length;
    await story.update('Lead', id, { City: 'Reno' });
    await story.sellfireHas(lead.id, { city: 'Reno' });
    await until('the collector refuses again', () => collector.received.length > taken);
    expect(story.logged('traces_not_sent')).toBe(1);
  });
});

/** Lines of a scrape that are about the org. */
async function series(): Promise<string[]> {
  const text = await (await fetch(`${stack.bridge.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.includes(`connection="${stack.org.org.id}"`));
}

describe('the metrics of a connection', () => {
  it('are there while it is connected, and all gone once it is disconnected, so that no alert stays on an org that left', async () => {
    const names = (await series()).map((line) => line.slice(0, line.indexOf('{')));
    expect(names).toEqual(expect.arrayContaining(['api_calls_total', 'events_total', 'inbox_pending']));
    await stack.admin.sobject('Sync_Request__c').create({ Type__c: 'Disconnect' });
    await until('no line is about the org', async () => (await series()).length === 0);
    await until('it is not ready, and says why', async () => {
      const { status, text } = await stack.bridge.readiness();
      return status === 503 && text.includes('disconnected the org');
    });
    await expect(series()).resolves.toEqual([]);
  });
});

describe('an alert rule about the process', () => {
  it('BridgeDown holds once the bridge answers no scrape, and no longer when it is started again', async () => {
    const prometheus = new Prometheus();
    await prometheus.scrape(stack.bridge.url);
    expect(prometheus.holds('BridgeDown')).toEqual([]);
    await stack.bridge.kill();
    await prometheus.scrape(stack.bridge.url);
    expect(prometheus.holds('BridgeDown')).toEqual([expect.objectContaining({ instance: stack.bridge.url })]);
    stack.bridge.launch();
    await until('it answers', async () => {
      await prometheus.scrape(stack.bridge.url);
      return prometheus.holds('BridgeDown').length === 0;
    });
  });
});
