// Defines the states of a link and the effect of each event in one total table. Every change of the link's flags
// follows it. The page docs/link.md and the test of this file are made from the table.
import type { Link } from '../../model/link.ts';

export const LINK_STATES = ['unknown', 'waiting', 'linked', 'moved', 'ended'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/**
 * `before`: the state from before the link ended · `placed`: moved while Sellfire names a record that was left, else
 * linked.
 */
export type Outcome = LinkState | 'before' | 'placed';

/** The records of a link. An absent one is left unchanged. */
export type Place = Pick<Link, 'record' | 'accountId'>;

/** `left`: ids of the records that are replaced · `at`: ms, when that happened. */
interface Move extends Place {
  left: readonly string[];
  at: number;
}

type Side = NonNullable<Link['ended']>['by'];

export type LinkEvent =
  | { kind: 'refused'; why: NonNullable<Link['waiting']> }
  | ({ kind: 'created' | 'connected' } & Place)
  | { kind: 'accountConnected'; accountId: string }
  | ({ kind: 'relinked' | 'converted' | 'merged' | 'accountMerged' } & Move)
  | { kind: 'accountDeleted' | 'accountUndeleted'; accountId: string }
  | { kind: 'deleted'; by: Side; at: number }
  | { kind: 'claimed'; by: Side; at: number; recordId: string }
  | { kind: 'undeleted' | 'restored' }
  | { kind: 'confirmed' };
export type LinkEventKind = LinkEvent['kind'];

export const TABLE: Record<LinkState, Record<LinkEventKind, Outcome>> = {
  unknown: {
    refused: 'waiting',
    created: 'linked',
    connected: 'linked',
    accountConnected: 'linked',
    relinked: 'placed',
    converted: 'unknown',
    merged: 'unknown',
    accountMerged: 'unknown',
    accountDeleted: 'unknown',
    accountUndeleted: 'unknown',
    deleted: 'ended',
    claimed: 'ended',
    undeleted: 'unknown',
    restored: 'unknown',
    confirmed: 'unknown',
  },
  waiting: {
    refused: 'waiting',
    created: 'linked',
    connected: 'linked',
    accountConnected: 'waiting',
    relinked: 'placed',
    converted: 'waiting',
    merged: 'waiting',
    accountMerged: 'waiting',
    accountDeleted: 'waiting',
    accountUndeleted: 'waiting',
    deleted: 'ended',
    claimed: 'ended',
    undeleted: 'waiting',
    restored: 'waiting',
    confirmed: 'waiting',
  },
  linked: {
    refused: 'waiting',
    created: 'linked',
    connected: 'linked',
    accountConnected: 'linked',
    relinked: 'placed',
    converted: 'moved',
    merged: 'moved',
    accountMerged: 'moved',
    accountDeleted: 'moved',
    accountUndeleted: 'linked',
    deleted: 'ended',
    claimed: 'ended',
    undeleted: 'linked',
    restored: 'linked',
    confirmed: 'linked',
  },
  moved: {
    refused: 'waiting',
    created: 'moved',
    connected: 'moved',
    accountConnected: 'moved',
    relinked: 'placed',
    converted: 'moved',
    merged: 'moved',
    accountMerged: 'moved',
    accountDeleted: 'moved',
    accountUndeleted: 'placed',
    deleted: 'ended',
    claimed: 'ended',
    undeleted: 'moved',
    restored: 'moved',
    confirmed: 'linked',
  },
  ended: {
    refused: 'ended',
    created: 'ended',
    connected: 'ended',
    accountConnected: 'ended',
    relinked: 'placed',
    converted: 'moved',
    merged: 'moved',
    accountMerged: 'ended',
    accountDeleted: 'ended',
    accountUndeleted: 'ended',
    deleted: 'ended',
    claimed: 'ended',
    undeleted: 'before',
    restored: 'before',
    confirmed: 'ended',
  },
};

const isPlaced = ({ record, accountId }: Place): boolean => record !== undefined || accountId !== undefined;

export function linkState(link: Link | undefined): LinkState {
  if (!link) return 'unknown';
  if (link.ended) return 'ended';
  if (link.waiting && !link.record) return 'waiting';
  if (!isPlaced(link)) return 'unknown';
  return (link.moved?.from.length ?? 0) > 0 ? 'moved' : 'linked';
}

/** Applies the event to the link by the table. A link that the event does not concern is unchanged. */
export function afterEvent(link: Link, event: LinkEvent): Link {
  const state = linkState(link);
  const to = TABLE[state][event.kind];
  switch (event.kind) {
    case 'refused':
      return link.record ? link : { ...link, waiting: event.why };
    case 'created':
    case 'connected': {
      const { waiting, awaits, ...rest } = withoutCountries(link, event);
      return { ...rest, ...(event.record || !awaits ? {} : { awaits }), ...placeOf(event) };
    }
    case 'accountConnected':
      return { ...link, accountId: event.accountId };
    case 'relinked':
    case 'converted':
    case 'merged':
      return to === 'moved' || to === 'placed' ? moved(link, event) : link;
    case 'accountMerged':
      if (to === 'moved') return moved(link, event);
      // The Account of an ended link is tracked, so that it is correct when the link resumes.
      return to === 'ended' ? { ...moved(link, event), ...endOf(link) } : link;
    case 'accountDeleted':
      return link.record && link.accountId === event.accountId ? withoutAccount(link, event.accountId) : link;
    case 'accountUndeleted':
      return link.lostAccountId === event.accountId ? withAccount(link, event.accountId) : link;
    case 'deleted':
      return state === to ? link : { ...link, ended: { by: event.by, at: event.at } };
    case 'claimed':
      return { ...link, ended: { ...(link.ended ?? { by: event.by, at: event.at }), claimed: event.recordId } };
    case 'undeleted':
      return to === 'before' ? withoutEnd(link, 'salesforce') : link;
    case 'restored':
      return to === 'before' ? withoutEnd(link, 'sellfire') : link;
    case 'confirmed':
      return link.moved && to === 'linked' ? { ...link, moved: { ...link.moved, from: [] } } : link;
  }
}

const placeOf = ({ record, accountId }: Place): Place => ({
  ...(record ? { record } : {}),
  ...(accountId === undefined ? {} : { accountId }),
});

/** The country of a record is not that of the one which takes its place. */
function withoutCountries(link: Link, { record, accountId }: Place): Link {
  if (!link.countries) return link;
  const { countries, ...rest } = link;
  const isKept = (object: string): boolean =>
    object === 'Account'
      ? accountId === undefined || accountId === link.accountId
      : record === undefined || record.id === link.record?.id;
  const kept = Object.entries(countries).filter(([object]) => isKept(object));
  return kept.length === 0 ? rest : { ...rest, countries: Object.fromEntries(kept) };
}

/**
 * Moves the link. An older message of Sellfire does not restore a record that was left, unless the link returns to it.
 */
function moved(link: Link, { left, at, ...place }: Move): Link {
  const { ended, waiting, lostAccountId, awaits, left: before, stateWritten, ...rest } = withoutCountries(link, place);
  const replaced =
    place.accountId !== undefined && link.accountId !== undefined && link.accountId !== place.accountId
      ? [link.accountId]
      : [];
  const from = [...new Set([...(link.moved?.from ?? []), ...left, ...replaced])].filter(
    (id) => id !== place.record?.id && id !== place.accountId,
  );
  const allLeft = [...new Set([...(before ?? []), ...left])].filter((id) => id !== place.record?.id);
  // A record that was left shows no state: it is written again where the link returns to it.
  const written = Object.entries(stateWritten ?? {}).filter(([id]) => !from.includes(id));
  return {
    ...rest,
    ...(written.length > 0 ? { stateWritten: Object.fromEntries(written) } : {}),
    ...(lostAccountId !== undefined && !left.includes(lostAccountId) ? { lostAccountId } : {}),
    moved: { from, at: Math.max(at, link.moved?.at ?? 0) },
    ...(allLeft.length > 0 ? { left: allLeft.slice(-MOST_LEFT) } : {}),
    ...placeOf(place),
  };
}

/** That the link has ended, and what it has waited for. */
const endOf = ({ ended, waiting, awaits }: Link): Pick<Link, 'ended' | 'waiting' | 'awaits'> => ({
  ...(ended && { ended }),
  ...(waiting && { waiting }),
  ...(awaits && { awaits }),
});

/** More relinks of one lead than this have no late events. */
const MOST_LEFT = 20;

/** Removes the Account and stores its id for an undeletion. */
function withoutAccount({ accountId: _, ...link }: Link, lostAccountId: string): Link {
  const from = [...new Set([...(link.moved?.from ?? []), lostAccountId])];
  return { ...link, lostAccountId, moved: { from, at: link.moved?.at ?? 0 } };
}

function withAccount({ lostAccountId: _, ...link }: Link, accountId: string): Link {
  const from = (link.moved?.from ?? []).filter((id) => id !== accountId);
  return { ...link, accountId: link.accountId ?? accountId, moved: { from, at: link.moved?.at ?? 0 } };
}

/** Resumes the link. Only the side that ended it can resume it. */
function withoutEnd(link: Link, by: Side): Link {
  if (link.ended?.by !== by) return link;
  const { ended, ...rest } = link;
  return rest;
}

/** Whether the link had the record, and has left it for another one. */
export const hasLeft = ({ moved: last, left }: Link, recordId: string): boolean =>
  [...(last?.from ?? []), ...(left ?? [])].includes(recordId);

/** The record that the link would have if it were not another lead's. */
export const withAwaits = (link: Link, awaits: NonNullable<Link['awaits']>): Link => ({ ...link, awaits });

/** It is tried, or the record is gone. */
export function withoutAwaits({ awaits: _, ...link }: Link): Link {
  return link;
}

/** Records that an interrupted creation was found: the values of its creation event are as old as this (ms). */
export const resumed = (link: Link, resumedAsOf: number): Link => ({ ...link, resumedAsOf });

/** The creation event has arrived, so it needs no date any more. */
export function withoutResumption({ resumedAsOf: _, ...link }: Link): Link {
  return link;
}

/** M13: adds the records that a sale created, by the keys of their marks. */
export const withMade = (link: Link, made: Readonly<Record<string, string>>): Link => ({
  ...link,
  made: { ...link.made, ...made },
});
