// Where a link stands, and what each event makes of it: one total table, by which every change of the link's flags goes. The page
// docs/link.md and the test of this file are made from the table.
import type { Link } from '../../model/link.ts';

export const LINK_STATES = ['unknown', 'waiting', 'linked', 'moved', 'ended'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** `before`: the state that the link had before it ended · `placed`: moved while Sellfire names a record that was left, else linked. */
export type Outcome = LinkState | 'before' | 'placed';

/** The records that a link stands on from now on; what is absent stays. */
export type Place = Pick<Link, 'record' | 'accountId'>;

/** `left`: ids that the records come in place of · `at`: ms, when that happened. */
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
  | { kind: 'deleted' | 'claimed'; by: Side; at: number }
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

/** What the event makes of the link, as the table has it. A link that the event cannot be about stays as it is. */
export function afterEvent(link: Link, event: LinkEvent): Link {
  const state = linkState(link);
  const to = TABLE[state][event.kind];
  switch (event.kind) {
    case 'refused':
      return link.record ? link : { ...link, waiting: event.why };
    case 'created':
    case 'connected': {
      const { waiting, ...rest } = link;
      return { ...rest, ...placeOf(event) };
    }
    case 'accountConnected':
      return { ...link, accountId: event.accountId };
    case 'relinked':
    case 'converted':
    case 'merged':
      return to === 'moved' || to === 'placed' ? moved(link, event) : link;
    case 'accountMerged':
      if (to === 'moved') return moved(link, event);
      // The Account of a link that has ended is followed, so that it is right if the link goes on.
      return to === 'ended' ? { ...link, ...placeOf(event) } : link;
    case 'accountDeleted':
      return link.record && link.accountId === event.accountId ? withoutAccount(link, event.accountId) : link;
    case 'accountUndeleted':
      return link.lostAccountId === event.accountId ? withAccount(link, event.accountId) : link;
    case 'deleted':
    case 'claimed':
      return state === to ? link : { ...link, ended: { by: event.by, at: event.at } };
    case 'undeleted':
      return to === 'before' ? goesOn(link, 'salesforce') : link;
    case 'restored':
      return to === 'before' ? goesOn(link, 'sellfire') : link;
    case 'confirmed':
      return link.moved && to === 'linked' ? { ...link, moved: { ...link.moved, from: [] } } : link;
  }
}

const placeOf = ({ record, accountId }: Place): Place => ({
  ...(record ? { record } : {}),
  ...(accountId === undefined ? {} : { accountId }),
});

/** An older word of Sellfire does not bring back what was left; what the link comes to is left no more. */
function moved(link: Link, { left, at, ...place }: Move): Link {
  const { ended, waiting, lostAccountId, ...rest } = link;
  const from = [...new Set([...(link.moved?.from ?? []), ...left])].filter(
    (id) => id !== place.record?.id && id !== place.accountId,
  );
  return {
    ...rest,
    ...(lostAccountId !== undefined && !left.includes(lostAccountId) ? { lostAccountId } : {}),
    moved: { from, at: Math.max(at, link.moved?.at ?? 0) },
    ...placeOf(place),
  };
}

/** The lead goes on without its Account, which is remembered for the case that it is undeleted. */
function withoutAccount({ accountId: _, ...link }: Link, lostAccountId: string): Link {
  const from = [...new Set([...(link.moved?.from ?? []), lostAccountId])];
  return { ...link, lostAccountId, moved: { from, at: link.moved?.at ?? 0 } };
}

function withAccount({ lostAccountId: _, ...link }: Link, accountId: string): Link {
  const from = (link.moved?.from ?? []).filter((id) => id !== accountId);
  return { ...link, accountId: link.accountId ?? accountId, moved: { from, at: link.moved?.at ?? 0 } };
}

/** Only the side that ended the link takes that back. */
function goesOn(link: Link, by: Side): Link {
  if (link.ended?.by !== by) return link;
  const { ended, ...rest } = link;
  return rest;
}

/** The record was found that a cut-off attempt of ours had made: what its creation tells is as old as this (ms). */
export const resumed = (link: Link, resumedAsOf: number): Link => ({ ...link, resumedAsOf });

/** The record's creation was heard, and is old news from then on. */
export function withoutResumption({ resumedAsOf: _, ...link }: Link): Link {
  return link;
}

/** M13: the records that a sale has made, by the keys of their marks. */
export const withMade = (link: Link, made: Readonly<Record<string, string>>): Link => ({
  ...link,
  made: { ...link.made, ...made },
});
