// A component on a page by itself, as tests of components put it there, and what a person finds on it.
import { createElement } from 'lwc';

/** @param tag such as `c-home-page` @param properties public ones, set before it is rendered */
export function mount<Properties extends object>(
  tag: string,
  is: Parameters<typeof createElement>[1]['is'],
  properties?: Properties,
): HTMLElement {
  const element = createElement(tag, { is });
  Object.assign(element, properties);
  document.body.append(element);
  return element;
}

/** Lets wires, promises and the rendering that they bring come through. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** The first one inside the component. @throws Error where there is none */
export function inside<Found extends Element = HTMLElement>(element: Element, selector: string): Found {
  const found = element.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`${element.tagName} shows no ${selector}`);
  return found;
}

export function allInside<Found extends Element = HTMLElement>(element: Element, selector: string): Found[] {
  return [...(element.shadowRoot?.querySelectorAll<Found>(selector) ?? [])];
}

/** What is written on it and on the package's components inside it, in the order of the page, one space between words. */
export function textOf(element: Element): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
    if (node instanceof HTMLStyleElement) return;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(element);
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

/** What stands in its place on the page: of a component what it draws, of a slot what is put into it. */
function childrenOf(node: Node): Iterable<Node> {
  if (node instanceof HTMLSlotElement) {
    const assigned = node.assignedNodes();
    return assigned.length > 0 ? assigned : node.childNodes;
  }
  return node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
}
