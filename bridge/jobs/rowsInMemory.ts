// How many rows turns hold in memory at once. After an outage every key that may run has a backlog, and a row takes 10 kB while it is
// decided about: 400 keys with 50 changes each would be 200 MiB, with 200 each 800. Where few rows wait, which is nearly always, no turn
// waits for another.

/** 40 MiB. At 50 changes a key, 80 turns are under way, of which each makes one write: far more than a peer answers at once. */
const ROWS = 4_000;
/** What the next load is expected to bring at least, of what the one before was expected to: ten loads after a long one it is one row. */
const FORGOTTEN = 0.5;

/** Of one turn, from before its load to its end. */
export interface Share {
  /** What the load has brought. */
  loaded(rows: number): void;
  end(): void;
}

export interface RowsInMemory {
  /** A share at once where there is room, else when turns have ended: in the order in which they asked. */
  share(): Share | Promise<Share>;
}

/** @param longest rows that a load brings at most: so many are expected of the first @param limit rows that may be held at once */
export function createRowsInMemory(longest: number, limit = ROWS): RowsInMemory {
  let expected = longest;
  let held = 0;
  const waiting: ((share: Share) => void)[] = [];

  /** One that expects more than all turns may hold runs alone. */
  const hasRoom = (): boolean => held === 0 || held + expected <= limit;

  function take(): Share {
    let mine = Math.ceil(expected);
    held += mine;
    const change = (rows: number): void => {
      held += rows - mine;
      mine = rows;
      while (waiting.length > 0 && hasRoom()) waiting.shift()?.(take());
    };
    return {
      loaded(rows) {
        expected = Math.max(rows, expected * FORGOTTEN, 1);
        change(rows);
      },
      end: () => change(0),
    };
  }

  return {
    share: () => (waiting.length === 0 && hasRoom() ? take() : new Promise((resolve) => void waiting.push(resolve))),
  };
}
