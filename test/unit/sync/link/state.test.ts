// The table of link states is total and correct: each event on a link in each state has the outcome of the table.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import { LINK_PAGE, linkPage } from '../../../../scripts/books/linkPage.ts';
import {
  afterEvent,
  LINK_STATES,
  linkState,
  TABLE,
  type LinkEvent,
  type LinkEventKind,
  type LinkState,
} from '../../../../bridge/sync/link/state.ts';

const LEAD = { object: 'Lead', id: '00Q000000000001EAA' } as const;
const CONTACT = { object: 'Contact', id: '003000000000001AAA' } as const;
const ACCOUNT = '001000000000001AAA';
const OTHER = '001000000000002AAA';
const WHY = { code: 'REQUIRED_EMPTY', reason: 'Nothing is there.' };

const bare: Link = { leadId: 'lead_1', revision: 1, fields: {} };
const linked: Link = { ...bare, record: LEAD, accountId: ACCOUNT };
const converted: Link = { ...bare, record: CONTACT, accountId: ACCOUNT, moved: { from: [LEAD.id], at: 5 } };
const bereft: Link = { ...bare, record: LEAD, lostAccountId: ACCOUNT, moved: { from: [ACCOUNT], at: 5 } };

/** Links in each state, one for each way into it. */
const LINKS: Record<LinkState, Link[]> = {
  unknown: [bare],
  waiting: [
    { ...bare, waiting: WHY },
    { ...bare, waiting: WHY, accountId: ACCOUNT },
  ],
  linked: [
    linked,
    { ...bare, record: LEAD },
    { ...bare, accountId: ACCOUNT },
    { ...linked, moved: { from: [], at: 5 } },
    { ...bare, record: LEAD, lostAccountId: ACCOUNT, moved: { from: [], at: 5 } },
  ],
  moved: [converted, bereft, { ...bereft, moved: { from: [ACCOUNT, LEAD.id], at: 5 }, record: CONTACT }],
  ended: [bare, linked, converted, bereft, { ...bare, waiting: WHY }].flatMap((link) =>
    (['salesforce', 'sellfire'] as const).map((by) => ({ ...link, ended: { by, at: 6 } })),
  ),
};

const move = { left: [LEAD.id], at: 9 };
const EVENTS: Record<LinkEventKind, LinkEvent[]> = {
  refused: [{ kind: 'refused', why: WHY }],
  created: [
    { kind: 'created', record: LEAD },
    { kind: 'created', accountId: ACCOUNT },
  ],
  connected: [
    { kind: 'connected', record: CONTACT },
    { kind: 'connected', record: LEAD, accountId: OTHER },
  ],
  accountConnected: [{ kind: 'accountConnected', accountId: OTHER }],
  relinked: [
    { kind: 'relinked', record: CONTACT, ...move },
    { kind: 'relinked', record: CONTACT, left: [], at: 9 },
  ],
  converted: [{ kind: 'converted', record: CONTACT, accountId: OTHER, ...move }],
  merged: [{ kind: 'merged', record: { ...LEAD, id: '00Q000000000002EAA' }, ...move }],
  accountMerged: [{ kind: 'accountMerged', accountId: OTHER, left: [ACCOUNT], at: 9 }],
  accountDeleted: [{ kind: 'accountDeleted', accountId: ACCOUNT }],
  accountUndeleted: [{ kind: 'accountUndeleted', accountId: ACCOUNT }],
  deleted: [
    { kind: 'deleted', by: 'salesforce', at: 9 },
    { kind: 'deleted', by: 'sellfire', at: 9 },
  ],
  claimed: [{ kind: 'claimed', by: 'salesforce', at: 9, recordId: OTHER }],
  undeleted: [{ kind: 'undeleted' }],
  restored: [{ kind: 'restored' }],
  confirmed: [{ kind: 'confirmed' }],
};
const KINDS = Object.keys(EVENTS) as LinkEventKind[];

/** Some events concern only a link with such a record, or without one. */
function concerns({ record, accountId, lostAccountId }: Link, { kind }: LinkEvent): boolean {
  if (kind === 'refused') return record === undefined;
  if (kind === 'accountDeleted') return record !== undefined && accountId === ACCOUNT;
  return kind !== 'accountUndeleted' || lostAccountId === ACCOUNT;
}

function expected(link: Link, event: LinkEvent, after: Link): LinkState {
  const state = linkState(link);
  const to = TABLE[state][event.kind];
  if (to === 'placed') return (after.moved?.from.length ?? 0) > 0 ? 'moved' : 'linked';
  if (to !== 'before') return to;
  const { ended, ...before } = link;
  const ender = event.kind === 'undeleted' ? 'salesforce' : 'sellfire';
  return ended?.by === ender ? linkState(before) : 'ended';
}

describe('a link', () => {
  it('is in the state of its flags', () => {
    for (const state of LINK_STATES) expect(LINKS[state].map(linkState)).toEqual(LINKS[state].map(() => state));
    expect(linkState(undefined)).toBe('unknown');
  });

  for (const state of LINK_STATES)
    it.each(KINDS)(`that is ${state} comes to what the table says when it is %s`, (kind) => {
      const cases = LINKS[state].flatMap((link) => EVENTS[kind].map((event) => ({ link, event })));
      for (const { link, event } of cases) {
        const after = afterEvent(link, event);
        if (concerns(link, event))
          expect({ link, event, to: linkState(after) }).toEqual({ link, event, to: expected(link, event, after) });
        else expect(after).toEqual(link);
      }
    });

  it('stores the records that it left until Sellfire names the new ones, and not a record to which it returned', () => {
    const moved = afterEvent(linked, { kind: 'converted', record: CONTACT, accountId: OTHER, ...move });
    expect(moved).toMatchObject({ record: CONTACT, accountId: OTHER, moved: { from: [LEAD.id, ACCOUNT], at: 9 } });
    const back = afterEvent(moved, { kind: 'relinked', record: LEAD, left: [CONTACT.id], at: 7 });
    expect(back.moved).toEqual({ from: [ACCOUNT, CONTACT.id], at: 9 });
    expect(afterEvent(back, { kind: 'confirmed' }).moved).toEqual({ from: [], at: 9 });
  });

  it('knows the records that it left, without the one that it has, for the events that arrive late', () => {
    const moved = afterEvent(linked, { kind: 'converted', record: CONTACT, accountId: OTHER, ...move });
    const confirmed = afterEvent(moved, { kind: 'confirmed' });
    expect(confirmed.left).toEqual([LEAD.id]);
    const back = afterEvent(confirmed, { kind: 'relinked', record: LEAD, left: [CONTACT.id], at: 11 });
    expect(back.left).toEqual([CONTACT.id]);
    let link = back;
    for (let index = 0; index < 30; index += 1)
      link = afterEvent(link, { kind: 'relinked', record: LEAD, left: [`contact_${index}`], at: 12 + index });
    expect(link.left).toHaveLength(20);
    expect(link.left?.at(-1)).toBe('contact_29');
  });

  it('forgets what a record showed that it left, which is shown again where it returns, and what no other shows', () => {
    const stateWritten = { [LEAD.id]: 'InSync', [ACCOUNT]: 'InSync' };
    const contact: LinkEvent = { kind: 'relinked', record: CONTACT, ...move };
    const after = afterEvent({ ...linked, stateWritten }, contact);
    expect(after.stateWritten).toEqual({ [ACCOUNT]: 'InSync' });
    expect(afterEvent(after, { kind: 'relinked', record: LEAD, left: [CONTACT.id], at: 11 }).stateWritten).toEqual({
      [ACCOUNT]: 'InSync',
    });
    expect(afterEvent({ ...linked, stateWritten }, { ...contact, accountId: OTHER })).not.toHaveProperty(
      'stateWritten',
    );
  });

  it('keeps the fields of an Account that is undeleted', () => {
    const without = afterEvent(linked, { kind: 'accountDeleted', accountId: ACCOUNT });
    expect(without).toMatchObject({ lostAccountId: ACCOUNT, moved: { from: [ACCOUNT] } });
    expect(without).not.toHaveProperty('accountId');
    expect(afterEvent(without, { kind: 'accountUndeleted', accountId: ACCOUNT })).toMatchObject(linked);
  });

  it('forgets the country of a record that another one replaces, of whichever object, and of no other', () => {
    const countries = { Lead: 'GB', Contact: 'DE', Account: 'US' };
    const after = (link: Link, event: LinkEvent) => afterEvent({ ...link, countries }, event).countries;
    const master: LinkEvent = { kind: 'merged', record: { ...CONTACT, id: '003000000000002AAA' }, ...move };
    expect(after(converted, master)).toEqual({ Account: 'US' });
    expect(after(linked, { kind: 'connected', record: LEAD, accountId: OTHER })).toEqual({ Lead: 'GB', Contact: 'DE' });
    expect(after(linked, { kind: 'connected', record: LEAD })).toEqual(countries);
  });

  it('that has ended follows its Account into another one, and knows which of the two it has left', () => {
    const there = afterEvent(linked, { kind: 'converted', record: CONTACT, accountId: OTHER, ...move });
    const ended = {
      ...there,
      ended: { by: 'salesforce' as const, at: 10 },
      countries: { Contact: 'DE', Account: 'US' },
    };
    const back = afterEvent(ended, { kind: 'accountMerged', accountId: ACCOUNT, left: [OTHER], at: 12 });
    expect(back).toMatchObject({ accountId: ACCOUNT, ended: { at: 10 } });
    expect(back.countries).toEqual({ Contact: 'DE' });
    expect(back.moved).toEqual({ from: [LEAD.id, OTHER], at: 12 });
    const awaits = { object: 'Lead' as const, id: '00Q000000000002EAA' };
    const waiting = { ...ended, awaits, waiting: WHY };
    expect(afterEvent(waiting, { kind: 'accountMerged', accountId: ACCOUNT, left: [OTHER], at: 12 })).toMatchObject({
      awaits,
      waiting: WHY,
    });
  });

  it('does not end twice', () => {
    const ended = afterEvent(linked, { kind: 'deleted', by: 'salesforce', at: 9 });
    expect(afterEvent(ended, { kind: 'deleted', by: 'sellfire', at: 10 })).toBe(ended);
  });
});

describe('the page', () => {
  it('is made from the table', () => {
    expect(readFileSync(new URL(`../../../../${LINK_PAGE}`, import.meta.url), 'utf8')).toBe(linkPage());
  });
});
