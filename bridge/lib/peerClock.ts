// How far the clock of this machine is from that of a peer, by the header Date of its answers (RFC 9110 §6.6.1, whole seconds).

export interface PeerClock {
  /** @param sentAt ms since the epoch, of this machine: between then and now the peer wrote the header */
  saw(header: string | string[] | undefined, sentAt: number): void;
  /** ms by which this machine is ahead of the peer; undefined before the first answer. */
  ahead(): number | undefined;
}

export function createPeerClock(now: () => number = () => Date.now()): PeerClock {
  /** How far it was ahead at an answer, with both clocks of this machine: one of them cannot be set. */
  let seen: { ahead: number; at: number; steady: number } | undefined;
  return {
    saw(header, sentAt) {
      const at = typeof header === 'string' ? Date.parse(header) : NaN;
      if (Number.isNaN(at)) return;
      const answeredAt = now();
      // The peer's moment lies between its whole second and the next, and within the round trip: no more is known.
      const ahead = answeredAt < at ? answeredAt - at : Math.max(0, sentAt - at - 1_000);
      seen = { ahead, at: answeredAt, steady: performance.now() };
    },
    ahead: () => seen && Math.round(seen.ahead + now() - seen.at - (performance.now() - seen.steady)),
  };
}
