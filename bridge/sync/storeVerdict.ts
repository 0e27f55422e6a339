// Judges whether a store is the one that the org knows, or one that is lost, emptied or an older copy. The store and the org each keep
// the mark of the last heartbeat; without a comparison a lost store would begin as new, and what has changed meanwhile would never cross.

/** What a store knows of itself. */
export interface Mark {
  /** Of the store, drawn at its first heartbeat. */
  id: string;
  /** Grows with every heartbeat. */
  revision: number;
  /** Links in the store, ended ones included: none is ever removed. */
  links: number;
}

/** What the org has of the last heartbeat. */
export interface LastHeartbeat {
  mark: string | null;
  syncState: string | null;
  /** ms since the epoch. */
  seenAt: number | undefined;
  /** ms that the oldest change had waited. */
  lagMs: number;
}

export type StoreLoss = 'lost' | 'older' | 'emptied';

/** The mark as the org keeps it. */
export const markText = ({ id, revision }: Mark): string => `${id}:${revision}`;

/** @param mark absent in a store that has sent no heartbeat @param links in the store now */
export function storeVerdict(
  mark: Mark | undefined,
  links: number,
  heartbeat: LastHeartbeat | undefined,
): StoreLoss | undefined {
  if (mark && links < mark.links) return 'emptied';
  if (!hasRun(heartbeat)) return undefined;
  const [id, revision] = heartbeat?.mark?.split(':') ?? [];
  if (!mark) return links === 0 ? 'lost' : id === undefined ? undefined : 'older';
  if (id === undefined) return undefined;
  if (id !== mark.id) return links === 0 ? 'lost' : 'older';
  return Number(revision) > mark.revision ? 'older' : undefined;
}

/** A bridge that never ran has linked nothing. */
const hasRun = (heartbeat: LastHeartbeat | undefined): boolean =>
  heartbeat?.seenAt !== undefined && heartbeat.syncState !== null && heartbeat.syncState !== 'NotStarted';

/**
 * Until when everything was carried (ms since the epoch): the last heartbeat, less what waited then and what may have been under way.
 * @param overlapMs how long a change may be under way
 */
export const carriedUntil = (heartbeat: LastHeartbeat | undefined, now: number, overlapMs: number): number =>
  Math.max(0, (heartbeat?.seenAt ?? now) - (heartbeat?.lagMs ?? 0) - overlapMs);
