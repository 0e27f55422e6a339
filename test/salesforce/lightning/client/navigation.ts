// Where the reader is, who wants to know, and how one gets elsewhere. Components ask for pages by reference; links of the
// shell by address; both end in the same history of the browser.
import { closeDialogs } from './overlays.ts';
import { addressOf, referenceOf, type GivenReference, type PageReference } from './pageReference.ts';

type Listener = (reference: PageReference) => void;

const listeners = new Set<Listener>();
let current: PageReference | undefined;

/** Takes the place of changing the address, for pages that open above the present one. */
export type Interceptor = (reference: GivenReference) => boolean;
const interceptors = new Set<Interceptor>();

export function startNavigation(): void {
  current = referenceOf(location.href);
  addEventListener('popstate', () => {
    closeDialogs();
    arrive();
  });
}

function arrive(): void {
  current = referenceOf(location.href);
  if (current) for (const listener of [...listeners]) listener(current);
}

export function currentReference(): PageReference | undefined {
  return current;
}

/** @returns ends the watching; the listener is called with where the reader is already */
export function watchReference(listener: Listener): () => void {
  listeners.add(listener);
  if (current) listener(current);
  return () => void listeners.delete(listener);
}

export function intercept(interceptor: Interceptor): () => void {
  interceptors.add(interceptor);
  return () => void interceptors.delete(interceptor);
}

export function navigate(reference: GivenReference, replace = false): void {
  if ([...interceptors].some((interceptor) => interceptor(reference))) return;
  const address = addressOf(reference);
  if (reference.type === 'standard__webPage' && !address.startsWith('/')) {
    open(address, '_blank', 'noopener');
    return;
  }
  navigateTo(address, replace);
}

export function navigateTo(address: string, replace = false): void {
  const url = new URL(address, location.href);
  // What decides how the page looks stays.
  const theme = new URLSearchParams(location.search).get('theme');
  if (theme !== null && !url.searchParams.has('theme')) url.searchParams.set('theme', theme);
  history[replace ? 'replaceState' : 'pushState']({}, '', url);
  arrive();
}
