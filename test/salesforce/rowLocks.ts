// Rows that a save locks until its request has been answered: its own, and the parents that the platform locks with it. Off until a test
// turns it on, and holds requests up: the saves of this org take no time, so that no two would ever meet.
// Sources: Designing Record Access for Enterprise Scale, "Record-Level Locking"; Salesforce Record Locking Cheat Sheet.
import type { NextFunction, Request, Response } from 'express';
import { PlatformError, type RecordChange } from './model.ts';
import type { Schema } from './schema.ts';

export interface RowLocks {
  /** From now on, requests that have saved something are held up before they are answered, with their rows locked. */
  use(): void;
  /** Requests that are held up. */
  readonly held: number;
  /** Records that were refused because another request held a row of theirs. */
  readonly refused: number;
  /** Answers the requests that are held up, and unlocks their rows. */
  release(): void;
  /** Holds up no further request. */
  end(): void;
  /** Locks the rows of a save for the request under way. @throws PlatformError UNABLE_TO_LOCK_ROW */
  take(change: RecordChange): void;
  /** Express middleware: what is saved from here to the handler's return belongs to this request. */
  hold(request: Request, response: Response, next: NextFunction): void;
}

/** Look-ups whose record is locked with the one that names it. A Task that is completed when it is made locks none. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  Contact: ['AccountId'],
  Opportunity: ['AccountId'],
  OpportunityLineItem: ['OpportunityId'],
};

interface Holder {
  rows: Set<string>;
  answer?: () => void;
}

export function createRowLocks(schema: Schema): RowLocks {
  const holders = new Set<Holder>();
  let isUsed = false;
  let current: Holder | undefined;
  let refused = 0;

  function rowsOf({ object, id, before, after }: RecordChange): string[] {
    const masters = [...schema.object(object).fields.values()].filter(
      ({ custom, cascadeDelete }) => custom && cascadeDelete,
    );
    const names = [...(PARENTS[object] ?? []), ...masters.map(({ name }) => name)];
    const parents = names.flatMap((name) => [before?.[name], after[name]]);
    return [id, ...parents.filter((one) => typeof one === 'string')];
  }

  function release(): void {
    for (const holder of [...holders]) {
      if (!holder.answer) continue;
      holders.delete(holder);
      holder.answer();
    }
  }

  return {
    use() {
      isUsed = true;
    },
    get held() {
      return [...holders].filter(({ answer }) => answer).length;
    },
    get refused() {
      return refused;
    },
    release,
    end() {
      isUsed = false;
      release();
    },
    take(change) {
      const holder = current;
      if (!holder) return;
      const rows = rowsOf(change);
      if ([...holders].some((other) => other !== holder && rows.some((id) => other.rows.has(id)))) {
        refused += 1;
        const message = `unable to obtain exclusive access to this record or 1 records: ${rows.join()}`;
        throw new PlatformError('UNABLE_TO_LOCK_ROW', message);
      }
      for (const id of rows) holder.rows.add(id);
      holders.add(holder);
    },
    hold(_request, response, next) {
      if (!isUsed) {
        next();
        return;
      }
      const holder: Holder = { rows: new Set() };
      const end = response.end.bind(response) as (...given: unknown[]) => Response;
      response.end = ((...given: unknown[]) => {
        const answer = () => void end(...given);
        if (holders.has(holder)) holder.answer = answer;
        else answer();
        return response;
      }) as Response['end'];
      current = holder;
      try {
        next();
      } finally {
        current = undefined;
      }
    },
  };
}
