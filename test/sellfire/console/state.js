// What the page knows: the account as it was opened, the lead that is looked at, and who acts.
import { $ } from './dom.js';

export const state = {
  reps: [],
  fields: [],
  phases: [],
  /** The id of the lead on the card. */
  selected: null,
};

export const actingRep = () => $('rep').value || undefined;
export const repName = (id) => state.reps.find((rep) => rep.id === id)?.name ?? id;

let toastTimer;
/** Says what was done or why it was not. */
export function toast(text, kind = 'good') {
  const box = $('toast');
  box.textContent = text;
  box.className = `toast ${kind}`;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (box.hidden = true), kind === 'bad' ? 8000 : 3500);
}
