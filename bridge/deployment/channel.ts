// What the process of a connection and its deployment say to each other, over the channel that Node opens between them: where the
// process listens, and whether the connection may have an org.
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';

const fromConnection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), url: z.string(), probeUrl: z.string() }),
  z.object({ kind: z.literal('claim'), id: z.string(), org: z.string() }),
]);
type FromConnection = z.infer<typeof fromConnection>;

const toConnection = z.object({
  kind: z.literal('claimed'),
  id: z.string(),
  /** Why the connection may not have the org; absent where it may. */
  refusal: z.enum(['taken', 'unavailable']).optional(),
});
type ToConnection = z.infer<typeof toConnection>;

export interface DeploymentChannel {
  /** @throws BridgeError ORG_ELSEWHERE, DEPLOYMENT_UNAVAILABLE */
  claimOrg(org: string): Promise<void>;
  /** It listens. */
  ready(addresses: { url: string; probeUrl: string }): void;
}

/**
 * The side of the connection. Where the deployment is gone, however it ended, the connection ends as by SIGTERM: another process
 * of the deployment runs it then.
 */
export function joinDeployment(): DeploymentChannel {
  const waiting = new Map<string, PromiseWithResolvers<ToConnection>>();
  const end = (): void => void process.kill(process.pid, 'SIGTERM');
  const send = (message: FromConnection): void => void process.send?.(message);
  process.on('message', (message) => {
    const answer = toConnection.safeParse(message).data;
    if (answer) waiting.get(answer.id)?.resolve(answer);
  });
  process.once('disconnect', end);
  // It was gone before this was loaded.
  if (!process.connected) end();
  return {
    async claimOrg(org) {
      const id = randomUUID();
      const answer = Promise.withResolvers<ToConnection>();
      waiting.set(id, answer);
      send({ kind: 'claim', id, org });
      const { refusal } = await answer.promise;
      waiting.delete(id);
      if (refusal === 'taken') throw new BridgeError(explain('ORG_ELSEWHERE', { org }));
      if (refusal === 'unavailable') throw new BridgeError(explain('DEPLOYMENT_UNAVAILABLE'));
    },
    ready: (addresses) => send({ kind: 'ready', ...addresses }),
  };
}

export interface ConnectionChannel {
  onReady(addresses: { url: string; probeUrl: string }): void;
  /** @throws BridgeError ORG_ELSEWHERE; anything else: it cannot be said now */
  claimOrg(org: string): Promise<void>;
}

/** The side of the deployment. */
export function listenTo(child: ChildProcess, { onReady, claimOrg }: ConnectionChannel): void {
  const answer = (message: ToConnection): void => {
    // A process that has ended meanwhile waits for nothing.
    if (child.connected) child.send(message, () => undefined);
  };
  child.on('message', (message) => {
    const said = fromConnection.safeParse(message).data;
    if (said?.kind === 'ready') onReady(said);
    if (said?.kind !== 'claim') return;
    const { id, org } = said;
    claimOrg(org).then(
      () => answer({ kind: 'claimed', id }),
      (error: unknown) => {
        const isTaken = error instanceof BridgeError && error.code === 'ORG_ELSEWHERE';
        answer({ kind: 'claimed', id, refusal: isTaken ? 'taken' : 'unavailable' });
      },
    );
  });
}
