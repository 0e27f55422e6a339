// The dialogs that stand over a page: modals, confirmations and prompts. They belong to the page that opened them, and none
// outlives it when the reader goes back.

/** The part of the base components' container, and of the frame around a dialog, that opens and removes them. */
type Container = HTMLElement & { pop(dialog: Element, result: unknown): void };
type Frame = HTMLElement & { defaultSlot?: Element | null };

/** Each resolves with nothing, as if it had been dismissed; a toast stays. */
export function closeDialogs(): void {
  const container = document.querySelector<Container>('body > lightning-overlay-container');
  const frames = container?.shadowRoot?.querySelectorAll<Frame>('[data-overlay-container] > *') ?? [];
  for (const frame of frames) {
    const dialog = frame.defaultSlot?.firstElementChild;
    if (dialog) container?.pop(dialog, undefined);
  }
}
