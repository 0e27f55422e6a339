// Whoever works by the keys stays in the dialog: a button that goes or is disabled loses the focus, and with it Escape, the Tab key
// and what a screen reader reads next.

interface Root {
  activeElement: Element | null;
  querySelectorAll(selector: string): ArrayLike<Element>;
}
type Button = HTMLElement & { disabled?: boolean };

/** Call when a dialog has been drawn. Gives a focus that was lost to the first button of the footer that can be pressed. */
export function keepFocus(template: Root | null | undefined): void {
  if (!template) return;
  const had = template.activeElement as Button | null;
  const isLost = had === null ? document.activeElement === document.body : had.disabled === true;
  if (!isLost) return;
  const buttons = Array.from(template.querySelectorAll('lightning-modal-footer lightning-button')) as Button[];
  buttons.find(({ disabled }) => disabled !== true)?.focus();
}
