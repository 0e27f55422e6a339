// docs/link.md, made of the table of link states: a drawing, and what each event makes of each state.
import { LINK_STATES, TABLE, type LinkEventKind, type LinkState, type Outcome } from '../../bridge/sync/link/state.ts';

/** In the repository. */
export const LINK_PAGE = 'docs/link.md';

const STATES: Readonly<Record<LinkState, string>> = {
  unknown: 'The lead is connected to nothing, and nothing is to be done about it.',
  waiting: 'The lead could not be created in Salesforce; its next change tries again.',
  linked: 'The lead and a Lead, Contact or Account are one, and Sellfire names it.',
  moved:
    'The link has come to another record, and Sellfire still names one that was left: its older word does not bring that back.',
  ended: 'One of the two was deleted, or the record is another lead’s: nothing is written any more.',
};

const EVENTS: Readonly<Record<LinkEventKind, string>> = {
  refused: 'Salesforce, or a rule, refuses to have a Lead or Contact made for the lead, which has none',
  created: 'the bridge has made one out of the other, or a demo or a sale has made the record',
  connected: 'a record and a lead are found to be one: by an id, an import, an admin’s request',
  accountConnected: 'the lead names an Account, and no other record',
  relinked:
    'the link comes to another record: a demo makes a Contact, or Sellfire names it; a link goes on after its end',
  converted: 'the linked Lead was converted',
  merged: 'the linked record was merged into another',
  accountMerged: 'the Account beside the linked record was merged into another',
  accountDeleted: 'the Account beside the linked record was deleted',
  accountUndeleted: 'that Account is there again',
  deleted: 'the linked record, or the lead, was deleted or is out of sight',
  claimed: 'the record turns out to be another lead’s',
  undeleted: 'the record is there again, whose deletion ended the link',
  restored: 'the lead is there again, whose deletion ended the link',
  confirmed: 'Sellfire names the records that the link stands on',
};

const OUTCOMES: Readonly<Record<Exclude<Outcome, LinkState>, string>> = {
  before: 'as before its end',
  placed: 'linked, or moved',
};

const EVENT_KINDS = Object.keys(EVENTS) as LinkEventKind[];

const named = (outcome: Outcome): string =>
  outcome === 'before' || outcome === 'placed' ? OUTCOMES[outcome] : outcome;

/** States that an outcome may stand for, in the drawing. */
const drawn = (outcome: Outcome): LinkState[] =>
  outcome === 'placed' ? ['linked', 'moved'] : outcome === 'before' ? ['linked', 'moved', 'waiting'] : [outcome];

export function linkPage(): string {
  return `# The link

The link is the bridge's record that one Sellfire lead and one Salesforce record are the same. Where it stands, and what each event makes of it, is one table in \`bridge/sync/link/state.ts\`; this page is made of it (\`npm run link-page\`).

## States

${table(
  ['State', 'What it means'],
  LINK_STATES.map((state) => [state, STATES[state]]),
)}

## Events

${table(
  ['Event', 'What happens'],
  EVENT_KINDS.map((kind) => [kind, EVENTS[kind]]),
)}

## What an event makes of a state

“${OUTCOMES.placed}”: moved while Sellfire names a record that was left. “${OUTCOMES.before}”: only the side that ended the link takes that back. An event that changes nothing is left blank.

${table(
  ['Event', ...LINK_STATES],
  EVENT_KINDS.map((kind) => [
    kind,
    ...LINK_STATES.map((state) => (TABLE[state][kind] === state ? '' : named(TABLE[state][kind]))),
  ]),
)}

## As a drawing

\`\`\`mermaid
stateDiagram-v2
  [*] --> unknown
${arrows().join('\n')}
\`\`\`

A Lead or Contact belongs to the link of one lead. A turn reserves the record in the store before it writes anything. A lead that is refused a record because another lead has it goes on without it: its edits, demos and sales are worked off, a row \`RECORD_CLAIMED\` says so once, and the link remembers what it awaits. When the other link ends or leaves the record, the lead is linked to it.
`;
}

/** One arrow from a state to another, with the events that lead along it. */
function arrows(): string[] {
  const events = new Map<string, LinkEventKind[]>();
  for (const state of LINK_STATES)
    for (const kind of EVENT_KINDS)
      for (const to of drawn(TABLE[state][kind])) {
        const arrow = `${state} --> ${to}`;
        if (to !== state) events.set(arrow, [...(events.get(arrow) ?? []), kind]);
      }
  return [...events].map(([arrow, kinds]) => `  ${arrow}: ${kinds.join(', ')}`);
}

/** As Prettier formats it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
