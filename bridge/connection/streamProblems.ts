// Handles the problems of the change stream: lost changes are read back before the cursor passes them, a used-up allocation is
// bridged by polling, and the status names a problem that only an admin can solve.
import type { Logger } from 'pino';
import { explainFault } from '../model/catalogue/catalogue.ts';
import { PEER_NAMES, type Fault } from '../model/fault.ts';
import { asMessage, say, type Message } from '../model/message.ts';
import { FOLLOWED_OBJECTS, type FollowedObject } from '../model/salesforce.ts';
import type { StreamProblem } from '../salesforce/pubsub/subscription.ts';

/** Why streams are cut, as it is counted. */
export const CUT_REASONS = ['cursor_lost', 'disconnected', 'exhausted'] as const;
export type CutReason = (typeof CUT_REASONS)[number];

export interface StreamProblemOptions {
  /** @param since ms since the epoch */
  readBack: (since: number, only?: { objects: readonly FollowedObject[] }) => Promise<unknown>;
  /** ms since the epoch: earlier changes are not synced. */
  connectedAt: number;
  /** ms since the epoch: all earlier changes are stored. */
  reachedAt: () => number;
  /** Starts polling for changes. */
  poll: (since: number, code: string) => void;
  /** Called when the stream has ended, with the reason. */
  stopped: (why: Message) => void;
  /** Counts a cut by its reason. */
  cut: (reason: CutReason) => void;
  logger: Logger;
}

/** @returns the handler of a problem: it resolves when the stream may go on. @throws PeerError where changes cannot be read back */
export function createStreamProblems(options: StreamProblemOptions): (problem: StreamProblem) => Promise<void> {
  const { readBack, connectedAt, reachedAt, poll, stopped, cut, logger } = options;
  return async (problem) => {
    switch (problem.kind) {
      case 'cursorLost': {
        const { code, since } = problem;
        cut('cursor_lost');
        logger.error(
          { event: 'stream_cursor_lost', code, since },
          'The place in the change stream is lost; what changed since is read back',
        );
        await readBack(since ?? connectedAt);
        return;
      }
      case 'overflow': {
        const object = FOLLOWED_OBJECTS.find((name) => name === problem.object);
        logger.error(
          { event: 'stream_overflow', object: problem.object },
          'More changed at once than events are sent for; it is read back',
        );
        if (object) await readBack(problem.at, { objects: [object] });
        return;
      }
      case 'stopped': {
        const { code, message } = problem;
        const fault: Fault = { class: 'stop', code, message, fields: [], unknownOutcome: false };
        stopped(say('peerAnswered', { peer: PEER_NAMES.salesforce, code, message: asMessage(explainFault(fault)) }));
        logger.error({ event: 'stream_stopped', code, message }, 'The change stream has stopped; an admin has to act');
        return;
      }
      case 'undelivered':
        logger.error({ event: 'stream_not_stored', err: problem.error }, 'Events could not be stored; they come again');
        return;
      default: {
        const { kind, code, retryAt } = problem;
        if (kind === 'exhausted') poll(reachedAt(), code);
        cut(kind);
        logger.warn({ event: 'stream_cut', code, retryAt }, 'The change stream was cut and is resumed');
      }
    }
  };
}
