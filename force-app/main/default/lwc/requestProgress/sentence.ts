// How a request stands, in one sentence: the bridge's own where it has one.
import DONE from '@salesforce/label/c.Request_Done';
import FAILED from '@salesforce/label/c.Request_Failed';
import RUNNING from '@salesforce/label/c.Request_Running';
import RUNNING_UNCOUNTED from '@salesforce/label/c.Request_Running_Uncounted';
import STOPPED from '@salesforce/label/c.Request_Stopped';
import STOPPING from '@salesforce/label/c.Request_Stopping';
import WAITING from '@salesforce/label/c.Request_Waiting';
import WAITING_LONG from '@salesforce/label/c.Request_Waiting_Long';
import { number } from 'c/format';
import { fill } from 'c/labels';
import type { RequestState } from 'c/requests';

/** Looks that found nothing begun, after which the reader learns what may be wrong. */
const PATIENCE = 8;
const SENTENCES: Readonly<Record<string, string>> = {
  Stopping: STOPPING,
  Stopped: STOPPED,
  Done: DONE,
  Failed: FAILED,
};

/** @param looks at it so far */
export function sentenceOf(state: RequestState | undefined, looks: number): string {
  const { status = 'Requested', result, total, done = 0 } = state ?? {};
  if (result) return result;
  if (status === 'Requested') return looks < PATIENCE ? WAITING : WAITING_LONG;
  const running =
    total === undefined ? fill(RUNNING_UNCOUNTED, number(done)) : fill(RUNNING, number(done), number(total));
  return SENTENCES[status] ?? running;
}
