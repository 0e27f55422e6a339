import { keepFocus } from 'c/keepFocus';

/** A dialog with two buttons in its footer; `Ask` may be disabled. */
function dialog(): { root: HTMLElement; ask: HTMLElement & { disabled?: boolean }; close: HTMLElement } {
  const root = document.createElement('section');
  const footer = document.createElement('lightning-modal-footer');
  const [ask, close] = [document.createElement('lightning-button'), document.createElement('lightning-button')];
  for (const one of [ask, close]) one.tabIndex = 0;
  footer.append(ask, close);
  root.append(footer, document.createElement('input'));
  document.body.append(root);
  return { root, ask, close };
}
const keepIn = (root: HTMLElement): void =>
  keepFocus({
    get activeElement() {
      return root.contains(document.activeElement) ? document.activeElement : null;
    },
    querySelectorAll: (selector) => root.querySelectorAll(selector),
  });

describe('the focus in a dialog', () => {
  afterEach(() => document.body.replaceChildren());

  it('goes to the next button that can be pressed when the one that had it is disabled', () => {
    const { root, ask, close } = dialog();
    ask.focus();
    ask.disabled = true;
    keepIn(root);
    expect(document.activeElement).toBe(close);
  });

  it('goes to the first one when the one that had it is gone', () => {
    const { root, ask, close } = dialog();
    close.focus();
    close.remove();
    keepIn(root);
    expect(document.activeElement).toBe(ask);
  });

  it('stays where it is otherwise, in the dialog and outside of it', () => {
    const { root } = dialog();
    const inside = root.querySelector('input');
    inside?.focus();
    keepIn(root);
    expect(document.activeElement).toBe(inside);
    const outside = document.createElement('button');
    document.body.append(outside);
    outside.focus();
    keepIn(root);
    expect(document.activeElement).toBe(outside);
  });

  it('is nobody’s while every button is disabled, or before anything is drawn', () => {
    const { root, ask, close } = dialog();
    Object.assign(ask, { disabled: true });
    Object.assign(close, { disabled: true });
    keepIn(root);
    expect(document.activeElement).toBe(document.body);
    expect(() => keepFocus(null)).not.toThrow();
  });
});
