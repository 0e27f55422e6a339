// The people of the account: reps, who call, and Enablement users, who configure it and get its alerts.
import type { Rep } from '../../bridge/model/rep.ts';
import { Refusal } from './problem.ts';

export class Reps {
  readonly #byId = new Map<string, Rep>();

  add(rep: Rep): Rep {
    this.#byId.set(rep.id, rep);
    return rep;
  }

  list(): Rep[] {
    return [...this.#byId.values()];
  }

  find(id: string): Rep | undefined {
    return this.#byId.get(id);
  }

  /** @throws Refusal not_found. */
  get(id: string): Rep {
    const rep = this.#byId.get(id);
    if (!rep) throw new Refusal('not_found', `There is no user ${id}.`);
    return rep;
  }

  /** @throws Refusal not_found. */
  change(id: string, change: Partial<Omit<Rep, 'id'>>): Rep {
    return this.add({ ...this.get(id), ...change });
  }

  enablement(): Rep[] {
    return this.list().filter((rep) => rep.role === 'enablement' && rep.state === 'active');
  }

  /** @throws Refusal owner_refused unless the id is of a rep who may own leads: not deleted, and one who calls. */
  requireOwner(id: string): Rep {
    const rep = this.#byId.get(id);
    const why = !rep
      ? `There is no rep ${id}.`
      : rep.state === 'deleted'
        ? `${rep.name} (${id}) has been deleted.`
        : rep.role !== 'rep'
          ? `${rep.name} (${id}) is an Enablement user and owns no leads.`
          : null;
    if (why !== null || !rep) throw new Refusal('owner_refused', why ?? '', { field: 'owned_rep_id' });
    return rep;
  }
}
