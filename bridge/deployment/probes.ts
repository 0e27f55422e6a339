// The probes and metrics of a deployment: whether it works, how each of its connections is, and the numbers of all in one text.
import { Router, type Response } from 'express';
import PQueue from 'p-queue';
import { Gauge, Registry as Numbers } from 'prom-client';
import { healthRouter, type Check } from '../http/health.ts';
import { HttpProblem, onlyMethods } from '../http/problem.ts';
import { joinExpositions } from './expositions.ts';
import { unavailable } from './forward.ts';
import type { ProcessState } from './registry.ts';

/** A connection whose process this one has. */
export interface Probed {
  name: string;
  state: ProcessState;
  detail: string;
  restarts: number;
  /** Of its probes; undefined while it does not listen. */
  probeUrl: string | undefined;
}

export interface ProbesDeps {
  connections: () => Probed[];
  /** Why the registry cannot be reached, in a sentence. */
  problem: () => string | undefined;
  isDraining: () => boolean;
}

/** ms that a scrape waits for one process. */
const PATIENCE_MS = 5_000;
/** Processes that are asked at the same time. */
const AT_ONCE = 16;

export function deploymentProbes({ connections, problem, isDraining }: ProbesDeps): Router {
  const numbers = new Numbers();
  const labelNames = ['connection_name'];
  const up = new Gauge({
    name: 'connection_process_up',
    help: 'Whether the process of a connection runs',
    labelNames,
    registers: [numbers],
  });
  const restarts = new Gauge({
    name: 'connection_process_restarts',
    help: 'How often the process of a connection was started again, since this process of the deployment has it',
    labelNames,
    registers: [numbers],
  });

  const find = (name: string): Probed => {
    const found = connections().find((one) => one.name === name);
    if (!found) throw new HttpProblem('not_found', 'This process has no such connection.');
    return found;
  };

  async function pass(one: Probed, path: string, response: Response): Promise<void> {
    const answer = one.probeUrl === undefined ? undefined : await ask(one.probeUrl + path);
    if (!answer) throw unavailable(one.detail || 'The process of this connection does not answer.');
    response.status(answer.status).type(answer.type).send(answer.text);
  }

  const router = Router();
  router.use(
    healthRouter({
      // One connection that does not work is no reason to restart or to pass over the others: see its own probe.
      readiness: () => {
        const why = problem();
        const checks: Check[] = [
          { name: 'registry', ok: why === undefined, detail: why ?? '' },
          countOf(connections()),
        ];
        return { ready: why === undefined, checks };
      },
      draining: isDraining,
      leads: () => true,
    }),
  );
  router
    .route('/health/connections/:name')
    .get((request, response) => pass(find(request.params.name), '/health/ready', response))
    .all(onlyMethods('GET', 'HEAD'));
  router
    .route('/metrics/:name')
    .get((request, response) => pass(find(request.params.name), '/metrics', response))
    .all(onlyMethods('GET', 'HEAD'));
  router
    .route('/metrics')
    .get(async (_request, response) => {
      up.reset();
      restarts.reset();
      const all = connections();
      for (const one of all) {
        up.set({ connection_name: one.name }, one.state === 'running' ? 1 : 0);
        restarts.set({ connection_name: one.name }, one.restarts);
      }
      const queue = new PQueue({ concurrency: AT_ONCE });
      const answers = await queue.addAll(
        all.flatMap(({ probeUrl }) => (probeUrl === undefined ? [] : [() => ask(`${probeUrl}/metrics`)])),
      );
      const texts = answers.flatMap((answer) => (answer?.status === 200 ? [answer.text] : []));
      response.type(numbers.contentType).send(joinExpositions([await numbers.metrics(), ...texts]));
    })
    .all(onlyMethods('GET', 'HEAD'));
  return router;
}

function countOf(all: readonly Probed[]): Check {
  const failing = all.filter(({ state }) => state !== 'running');
  const which = failing.map(({ name, state, detail }) => `${name} (${state}${detail ? `: ${detail}` : ''})`).join('; ');
  return {
    name: 'connections',
    ok: failing.length === 0,
    detail: `${all.length - failing.length} of ${all.length} run here.${which === '' ? '' : ` Not running: ${which}`}`,
  };
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

async function ask(url: string): Promise<Answer | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    return { status: answer.status, type, text: await answer.text() };
  } catch {
    return undefined;
  }
}
