// Alerts to the Enablement users: "mailed" means kept here and shown in the console, one e-mail for all of them.
import type { z } from 'zod';
import type { alertSchema } from '../../bridge/sellfire/payloads.ts';
import type { Clock } from './clock.ts';
import type { MakeId } from './ids.ts';
import type { Reps } from './reps.ts';

export type Alert = z.infer<typeof alertSchema> & { id: string; sent_at: string; to: string[] };

export class Alerts {
  readonly #reps: Reps;
  readonly #makeId: MakeId;
  readonly #clock: Clock;
  readonly #sent: Alert[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(reps: Reps, makeId: MakeId, clock: Clock) {
    this.#reps = reps;
    this.#makeId = makeId;
    this.#clock = clock;
  }

  send(alert: z.infer<typeof alertSchema>): Alert {
    const to = this.#reps.enablement().map((user) => `${user.name} <${user.email}>`);
    const sent = { ...alert, id: this.#makeId('alert'), sent_at: new Date(this.#clock()).toISOString(), to };
    this.#sent.push(sent);
    for (const listener of this.#listeners) listener();
    return sent;
  }

  /** @returns how to stop listening. */
  onSend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(): Alert[] {
    return [...this.#sent];
  }
}
