// What somebody typed and did not save, kept while the tab of the browser lives: who looks something up on another page finds
// it again. It never leaves the browser.
import type { Saved, Values } from 'c/settingsData';

export interface Unsaved {
  draft: Values;
  /** What was saved when the first of it was typed. */
  before: Saved;
}

const KEY = 'sellfire.settings.unsaved';

export function keep(unsaved: Unsaved | undefined): void {
  try {
    if (unsaved === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(unsaved));
  } catch {
    // A browser that stores nothing loses the convenience, not the work: leaving the page asks first.
  }
}

export function kept(): Unsaved | undefined {
  try {
    const unsaved = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Unsaved> | null;
    return unsaved?.draft && unsaved.before?.values ? { draft: unsaved.draft, before: unsaved.before } : undefined;
  } catch {
    return undefined;
  }
}
