// The rules that a checkout's docs/spec.md states, and for each place where it could be proven, why it needs no proof there. Ids and
// names are the specification's; only the reasons stand here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headingsIn } from '../books/books.ts';

export const PLACES = ['unit', 'simulator', 'endToEnd', 'package'] as const;
export type Place = (typeof PLACES)[number];

export interface Rule {
  id: string;
  name: string;
  /** Why a place has nothing to prove. */
  unless: Partial<Record<Place, string>>;
}

/** A promise beyond the rules: nothing is asked of its tests. */
export interface Beyond {
  id: string;
  name: string;
  status: string;
}

const PAGE = 'it is a page of the package, whose tests stand with the pages';
const ONE_CONFIGURATION = 'the phone is mapped in each of its histories, and a describe does not change';
const A_TABLE = 'a table without time: every combination of it is a unit test';
const OTHER_OBJECTS =
  'it has no further objects; the transaction that makes them is that of M22, and killing the bridge around it an end-to-end test';
const FILES = 'files and uploads: it models records and events';
const INSTALLED = 'it is what is installed: the gates and the org of the package prove it';
const NO_PAGE = 'no page of its own shows it';

const UNLESS: Readonly<Record<string, Rule['unless']>> = {
  M1: { simulator: 'it models an org that is connected' },
  M2: { unit: PAGE, simulator: PAGE, endToEnd: PAGE },
  M3: { unit: PAGE, simulator: PAGE, endToEnd: PAGE },
  M6: { simulator: ONE_CONFIGURATION },
  M7: { simulator: ONE_CONFIGURATION },
  M13: { simulator: OTHER_OBJECTS },
  M16: { simulator: FILES },
  M23: { simulator: A_TABLE },
  M24: { simulator: A_TABLE },
  M26: { simulator: FILES },
  M28: {
    unit: 'it is a property of the running parts; npm run bench measures it',
    simulator: 'its time is virtual',
  },
  M30: { simulator: OTHER_OBJECTS },
  M33: { unit: INSTALLED, simulator: INSTALLED, endToEnd: INSTALLED },
  M34: { simulator: 'it has the core and no process', package: 'it is the other half' },
  M35: { simulator: 'it models records, not their pages' },
};

/** What a page displays is proven by a test of that page or of a component on it. */
const ON_PAGES = [
  'M1',
  'M2',
  'M3',
  'M4',
  'M5',
  'M6',
  'M7',
  'M8',
  'M9',
  'M14',
  'M15',
  'M16',
  'M19',
  'M27',
  'M31',
  'M32',
  'M35',
];

/** @param root of the checkout. @throws Error where docs/spec.md lacks a rule that a reason here is about */
export function readRules(root: string): { rules: Rule[]; beyond: Beyond[] } {
  const headings = headingsIn(readFileSync(join(root, 'docs/spec.md'), 'utf8'));
  const inOrder = (prefix: string): typeof headings =>
    headings
      .filter(({ id }) => id.startsWith(prefix))
      .toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  const rules = inOrder('M').map(({ id, title }) => {
    const isOnPage = ON_PAGES.includes(id);
    const unless = { ...(isOnPage || id === 'M33' ? {} : { package: NO_PAGE }), ...UNLESS[id] };
    return {
      id,
      name: title,
      unless,
    };
  });
  const unknown = [...Object.keys(UNLESS), ...ON_PAGES].filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0) throw new Error(`docs/spec.md has no rule ${unknown.join(', ')}.`);
  const beyond = inOrder('B').map(({ id, title, firstLine }) => ({
    id,
    name: title,
    status: /^\*\*(.+?)\.\*\*/.exec(firstLine)?.[1] ?? 'no status',
  }));
  return { rules, beyond };
}
