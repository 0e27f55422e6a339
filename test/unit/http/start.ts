// Starts the bridge's HTTP side alone on loopback, with everything it was given and everything it logged in sight.
import { createHttp, type Http, type HttpDeps } from '../../../bridge/http/server.ts';
import { createMetrics, type Metrics } from '../../../bridge/http/metrics.ts';
import { createLog } from '../../../bridge/log.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import type { LogLevel } from '../../../bridge/log.ts';

export const CONNECTION = '00D000000000001AAA';
export const SECRET = 'a-webhook-secret-of-40-characters-length';

export interface Started {
  url: string;
  /** Of probes and metrics. */
  probeUrl: string;
  http: Http;
  metrics: Metrics;
  taken: { connection: string; events: SellfireEvent[] }[];
  /** Everything that was logged, as text. */
  log: () => string;
}

export async function start(deps: Partial<HttpDeps> = {}, level: LogLevel = 'trace'): Promise<Started> {
  const lines: string[] = [];
  const taken: Started['taken'] = [];
  const metrics = createMetrics();
  const http = createHttp({
    host: '127.0.0.1',
    port: 0,
    logger: createLog({ level, destination: { write: (line: string) => void lines.push(line) } }),
    metrics,
    webhookSecret: (connection) => (connection === CONNECTION ? SECRET : undefined),
    intake: async (connection, events) => void taken.push({ connection, events }),
    oauth: {
      linkSecret: SECRET,
      authorizeUrl: ({ state, verifier }) => `https://login.example/authorize?state=${state}&of=${verifier}`,
      connect: async () => ({ orgId: CONNECTION, orgName: 'Acme', user: 'integration@acme.example', permissions: [] }),
    },
    control: async (orgId) => (orgId === CONNECTION ? {} : undefined),
    readiness: () => ({ ready: true, checks: [] }),
    ...deps,
  });
  const { url, probeUrl } = await http.listen();
  return { url, probeUrl, http, metrics, taken, log: () => lines.join('') };
}
