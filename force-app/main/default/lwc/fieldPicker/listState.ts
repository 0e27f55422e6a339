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

/** How far each key goes: one option, or about as many as are in sight. Home and End stay with the text of the box. */
export const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** On or back: a single step goes around the ends, a longer one stops there. */
export function moved(state: ListState, step: number, count: number): ListState {
  const from = state.isOpen ? state : OPENED;
  if (count === 0) return from;
  const start = from.active < 0 && step < 0 ? 0 : from.active;
  const isSingle = Math.abs(step) === 1;
  const active = isSingle ? (start + step + count) % count : Math.min(count - 1, Math.max(0, start + step));
  return { ...from, active, from: Math.floor(active / PAGE) * PAGE };
}
