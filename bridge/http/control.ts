// The control endpoint of the running bridge, for the command line: start, pause, resume or disconnect the sync of an org. Only the
// holder of the configuration's secret can sign such a request; a signature covers one action and one org, and is valid for five
// minutes (the tolerance of signatures).
import { Router } from 'express';
import { z } from 'zod';
import { SYNC_STATES, type SyncState } from '../model/syncState.ts';
import { sign, SIGNATURE_HEADER, verify } from '../sellfire/signature.ts';
import { HttpProblem, onlyMethods } from './problem.ts';

export const controlOutcomeSchema = z.object({
  /** After a disconnect: why the token may still be valid. Absent where Salesforce has revoked it. */
  notRevoked: z.string().optional(),
  /** After a disconnect: why Sellfire may still send events. Absent where it has removed the webhook. */
  webhookKept: z.string().optional(),
});
export type ControlOutcome = z.infer<typeof controlOutcomeSchema>;

export interface ControlDeps {
  controlSecret: string;
  /** @returns what came of it; undefined where no such org is connected */
  control(orgId: string, state: SyncState['state']): Promise<ControlOutcome | undefined>;
  /** ms since the epoch. */
  now: () => number;
}

const REFUSALS = { malformed: 'signature_malformed', too_old: 'signature_too_old', wrong: 'signature_wrong' } as const;

/** What the signature covers; no webhook has such a body. */
const purpose = (orgId: string, state: string): Buffer => Buffer.from(`control/${orgId}/${state}`);

/** Calls the running bridge. @returns its response. @throws TypeError where it is not reached */
export async function sendControl(
  url: string,
  secret: string,
  orgId: string,
  state: SyncState['state'],
  now: number = Date.now(),
): Promise<Response> {
  const signature = sign(secret, Math.floor(now / 1000), purpose(orgId, state));
  return fetch(`${url}/control/${orgId}/${state}`, { method: 'POST', headers: { [SIGNATURE_HEADER]: signature } });
}

export function controlRouter({ controlSecret, control, now }: ControlDeps): Router {
  const router = Router();
  router
    .route('/control/:orgId/:state')
    .post(async (request, response) => {
      const { orgId, state } = request.params;
      const known = SYNC_STATES.find((one) => one === state && one !== 'NotStarted' && one !== 'StoreLost');
      const seconds = Math.floor(now() / 1000);
      // The signature is checked first: a caller who cannot sign learns nothing.
      const verdict = verify(controlSecret, request.get(SIGNATURE_HEADER), purpose(orgId, state), seconds);
      if (verdict !== 'valid')
        throw new HttpProblem(REFUSALS[verdict], 'The request is not signed with the secret of this bridge.');
      const outcome = known && (await control(orgId, known));
      if (!outcome) throw new HttpProblem('not_found', `The org ${orgId} is not connected.`);
      response.json(outcome);
    })
    .all(onlyMethods('POST'));
  return router;
}
