// How a turn that another process has run comes back to the leader, as text: its outcome, or its error as data, with all that the leader
// counts, logs and decides by. Both processes are of one build, so that what the one has written is not judged by the other.
import type { Explanation } from '../model/catalogue/entry.ts';
import { BridgeError, PeerError, type Fault, type Peer } from '../model/fault.ts';
import type { Broken } from '../model/invariant.ts';
import { HandBackError, type FinishedTurn, type TurnResult } from './turn.ts';

export interface TurnAnswer {
  ended: Ended;
  /** Keys that received rows. */
  woken: string[];
  broken: Broken[];
  turns: FinishedTurn[];
  /** Calls that the process has made since its last answer, of any of its turns. */
  calls: CallCounts;
}

export interface CallCounts {
  salesforce: number;
  sellfire: number;
}

type Ended =
  | { result: TurnResult }
  | { handedBack: true }
  | { peer: Peer; fault: Fault }
  | { explanation: Explanation; stack: string }
  | { error: string; message: string; stack: string };

export const answerText = (answer: TurnAnswer): string => JSON.stringify(answer);
export const readAnswer = (text: string): TurnAnswer => JSON.parse(text) as TurnAnswer;

/** Never rejects. */
export async function endOf(turn: Promise<TurnResult>): Promise<Ended> {
  try {
    return { result: await turn };
  } catch (error) {
    if (error instanceof HandBackError) return { handedBack: true };
    if (error instanceof PeerError) return { peer: error.peer, fault: error.fault };
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    if (error instanceof BridgeError) return { explanation: error.explanation, stack };
    if (error instanceof Error) return { error: error.name, message: error.message, stack };
    return { error: 'Error', message: String(error), stack };
  }
}

/** @returns the result, or `handedBack` @throws what the turn has thrown in the other process */
export function resultOf(ended: Ended): TurnResult | 'handedBack' {
  if ('result' in ended) return ended.result;
  if ('handedBack' in ended) return 'handedBack';
  if ('peer' in ended) throw new PeerError(ended.peer, ended.fault);
  const error = 'explanation' in ended ? new BridgeError(ended.explanation) : new Error(ended.message);
  if ('error' in ended) error.name = ended.error;
  error.stack = ended.stack;
  throw error;
}
