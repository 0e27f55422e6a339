// How far the clock of this machine is from that of a peer, by the header Date of its answers (RFC 9110 §6.6.1, whole seconds).

export interface PeerClock {
  /** @param sentAt of the steady clock, `performance.now()`: between then and now the peer wrote the header, and this machine may have been set */
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
      const [answeredAt, steady] = [now(), performance.now()];
      // The peer's moment lies between its whole second and the next, and within the round trip: no more is known.
      const ahead = answeredAt < at ? answeredAt - at : Math.max(0, answeredAt - (steady - sentAt) - at - 1_000);
      seen = { ahead, at: answeredAt, steady };
    },
    ahead: () => seen && Math.round(seen.ahead + now() - seen.at - (performance.now() - seen.steady)),
  };
}
