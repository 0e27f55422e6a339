// Where a field picker stands: whether its list is open, what was typed, which option the keys are on, which are drawn.

export interface ListState {
  isOpen: boolean;
  /** What was typed; undefined while the box shows the choice. */
  text: string | undefined;
  /** Place of the option that the keys are on, among all that match; -1 for none. */
  active: number;
  /** Place of the first option that is drawn. */
  from: number;
}

/** Options that are drawn at once: the keys turn the page. */
export const PAGE = 100;

export const CLOSED: ListState = { isOpen: false, text: undefined, active: -1, from: 0 };
export const OPENED: ListState = { ...CLOSED, isOpen: true };

/** Typing begins at the first option. */
export const typed = (text: string): ListState => ({ ...OPENED, text, active: 0 });

/** One option on or back, around the ends. */
export function moved(state: ListState, step: 1 | -1, count: number): ListState {
  const from = state.isOpen ? state : OPENED;
  if (count === 0) return from;
  const start = from.active < 0 && step < 0 ? 0 : from.active;
  const active = (start + step + count) % count;
  return { ...from, active, from: Math.floor(active / PAGE) * PAGE };
}
