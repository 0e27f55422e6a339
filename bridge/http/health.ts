// Liveness and readiness. Liveness depends on the event loop only, so that an outage of a peer restarts nothing; readiness names each
// part that does not work, with the time of its last message.
import { Router } from 'express';
import { within } from '../lib/deadline.ts';
import { BridgeError } from '../model/fault.ts';
import { onlyMethods } from './problem.ts';

export interface Check {
  name: string;
  ok: boolean;
  /** A sentence that an operator can act on; no record data, no secrets. */
  detail: string;
}
export interface Readiness {
  ready: boolean;
  checks: Check[];
}

/** A probe waits a few seconds at most; a check that hangs counts as failed. */
const PATIENCE_MS = 2_000;

export interface HealthDeps {
  readiness: () => Readiness | Promise<Readiness>;
  draining: () => boolean;
  /** Whether this process leads. */
  leads: () => boolean;
}

export function healthRouter({ readiness, draining, leads }: HealthDeps): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ live: true }));
  router.get('/health/ready', async (_request, response) => {
    const { ready, checks } = draining() ? STOPPING : await patiently(readiness);
    response.status(ready ? 200 : 503).json({ ready, checks });
  });
  // For load balancers: sign-ins and orders go to the process that leads.
  router.get('/health/leader', (_request, response) => {
    const isLeader = !draining() && leads();
    response.status(isLeader ? 200 : 503).json({ leads: isLeader });
  });
  router.all(['/health/live', '/health/ready', '/health/leader'], onlyMethods('GET', 'HEAD'));
  return router;
}

const failed = (name: string, detail: string): Readiness => ({ ready: false, checks: [{ name, ok: false, detail }] });
const STOPPING = failed('running', 'The bridge is stopping.');

async function patiently(readiness: HealthDeps['readiness']): Promise<Readiness> {
  const late = (): Readiness => failed('readiness', `The checks did not answer within ${PATIENCE_MS / 1000} s.`);
  try {
    return await within(PATIENCE_MS, (async () => readiness())(), late);
  } catch (error) {
    if (error instanceof BridgeError) return failed('readiness', `${error.code}: ${error.message} ${error.action}`);
    return failed('readiness', `The checks failed: ${error instanceof Error ? error.name : 'unknown error'}.`);
  }
}
