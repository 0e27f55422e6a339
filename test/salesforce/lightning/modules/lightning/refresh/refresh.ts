// `lightning/refresh`: whoever shows data registers how to read them anew, and an event asks all of them to.
// Source: LWC guide, "Refresh Component Data Using RefreshView API".

const EVENT = 'lightning__refresh';
type Handler = () => Promise<unknown>;

const handlers = new Map<number, Handler>();
const containers = new Map<number, (refresh: Promise<unknown>) => void>();
let last = 0;

export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(EVENT, { bubbles: true, composed: true, cancelable: true });
  }
}

export function registerRefreshHandler(element: object, handler: Handler): number {
  handlers.set(++last, handler.bind(element));
  return last;
}

export function unregisterRefreshHandler(id: number): void {
  handlers.delete(id);
}

export function registerRefreshContainer(element: object, handler: (refresh: Promise<unknown>) => void): number {
  containers.set(++last, handler.bind(element));
  return last;
}

export function unregisterRefreshContainer(id: number): void {
  containers.delete(id);
}

addEventListener(EVENT, () => {
  const refresh = Promise.allSettled([...handlers.values()].map((handler) => handler()));
  for (const container of containers.values()) container(refresh);
});
