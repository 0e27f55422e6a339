// Answers kept by the client's own key, so that a request sent again does nothing again.
// Source: User Interface API Developer Guide, "Prevent Record Duplication with Idempotent Record Writes".
import { PlatformError } from '../model.ts';

export interface KeptAnswer {
  status: number;
  body: unknown;
}

/** How long an answer is kept. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export class IdempotencyKeys {
  private readonly kept = new Map<string, KeptAnswer & { until: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * Runs the work once per user, resource and key; afterwards the first answer is given. A refusal is kept too; a
   * failure of the platform is not, as its client is to try again.
   * @throws PlatformError where the key is no UUID of version 4
   */
  once(key: string | undefined, resource: string, work: () => KeptAnswer): KeptAnswer {
    if (key === undefined) return work();
    if (!UUID_V4.test(key)) {
      throw new PlatformError('INVALID_INPUT', 'The value of the Idempotency-Key header must be a UUID of version 4');
    }
    const id = `${resource} ${key.toLowerCase()}`;
    const known = this.kept.get(id);
    if (known && known.until > this.now()) return known;
    const answer = work();
    if (answer.status < 500) this.kept.set(id, { ...answer, until: this.now() + KEPT_MS });
    return answer;
  }
}
