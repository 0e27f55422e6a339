// Which bodies are read at once. Whose body it is shows only when it is read to its end, so that a stranger may hold back as many as
// there are places: the slowest of whoever holds most gives way to the next.
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sellfire sends one delivery at a time for each connection: with bodies of 1 MB this bounds the memory that strangers can fill. */
const MOST_BODIES = 32;

interface Body {
  address: string;
  request: IncomingMessage;
}

export interface Bodies {
  /** @param address whose body it is @returns whether it may be read: there is a place, or one could be made */
  admit(address: string, request: IncomingMessage, response: ServerResponse): boolean;
}

export function createBodies(): Bodies {
  /** The oldest first; also those that are read and are being stored. */
  const underWay = new Set<Body>();

  /** The oldest body that is still coming, of the address that has most of them. */
  function slowest(newcomer: string): Body | undefined {
    const coming = [...underWay].filter(({ request }) => !request.complete);
    const counts = new Map([[newcomer, 1]]);
    for (const { address } of coming) counts.set(address, (counts.get(address) ?? 0) + 1);
    return coming.reduce<Body | undefined>(
      (most, one) => (most && (counts.get(most.address) ?? 0) >= (counts.get(one.address) ?? 0) ? most : one),
      undefined,
    );
  }

  return {
    admit(address, request, response) {
      if (underWay.size >= MOST_BODIES) {
        const one = slowest(address);
        if (!one) return false;
        underWay.delete(one);
        one.request.destroy();
      }
      const body = { address, request };
      underWay.add(body);
      response.once('close', () => underWay.delete(body));
      return true;
    },
  };
}
