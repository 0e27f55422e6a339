// docs/errors.md, made of the catalogue: each code with where it is met, what is said of it and what helps.
import { CHAPTERS } from '../../bridge/model/catalogue/catalogue.ts';
import type { Entry, Place, Wording } from '../../bridge/model/catalogue/entry.ts';
import { REMEDIES } from '../../bridge/model/catalogue/peers.ts';

/** In the repository. */
export const ERRORS_PAGE = 'docs/errors.md';

const PLACES: Readonly<Record<Place, string>> = {
  report: 'integration report',
  error: 'log, command or request',
  mapping: 'status of a field mapping',
  check: '`npm run bridge -- doctor`',
  state: 'log, `/health/ready`, status in the org',
};

const INTRODUCTION = `# Codes, and what to do

Whatever the bridge could not do has a code: the same in the log, in the integration reports and on the pages. This page is made of the catalogue that they are written from (\`npm run errors\`). A word in ‹angles› stands for the value at hand. Where Salesforce, Sellfire or the mail server answers, the sentence is its own, and what helps follows it.
`;

/** What is said where a peer's code is not in the catalogue. */
const OTHERS = `## Any other code

Salesforce has several hundred codes, most of which never come up. One that is not here stands in the report as Salesforce gave it, with its sentence and one of these:

- the record was refused: ${REMEDIES.record}
- something of that kind is there already: ${REMEDIES.exists}
- the record is gone: ${REMEDIES.gone}

\`HTTP_\` with a number is the answer of something between the bridge and the system that it called; \`E\` with a word (\`ECONNREFUSED\`) is the network's own.
`;

export function errorsPage(): string {
  const chapters = Object.entries(CHAPTERS).map(([title, entries]) =>
    [`## ${title}`, ...Object.entries(entries).map(([code, entry]) => sectionOf(code, entry))].join('\n\n'),
  );
  return `${[INTRODUCTION.trimEnd(), ...chapters, OTHERS.trimEnd()].join('\n\n')}\n`;
}

function sectionOf(code: string, { title, places, outcomes = [], sentence, action, cases }: Entry): string {
  const wordings: Wording[] = cases ? Object.values(cases) : sentence === undefined ? [] : [{ sentence }];
  const lines = wordings.map((one) => `- ${[plain(one.sentence), remedy(one.action ?? action)].join(' ').trim()}`);
  const met = places.map((place) =>
    place === 'report' && outcomes.length > 0 ? `${PLACES.report}: ${outcomes.join(' or ')}` : PLACES[place],
  );
  const head = `**${title}** (${met.join('; ')})`;
  return [`### ${code}`, head, lines.length > 0 ? lines.join('\n') : remedy(action)].join('\n\n');
}

const remedy = (action: string): string => (action === '' ? '' : `**What to do:** ${plain(action)}`);

/** A template as Markdown that shows it as it is. */
const plain = (template: string): string =>
  template
    .replaceAll('\n', ' ')
    .replaceAll('<', '\\<')
    .replaceAll(/\{(\w+)\}/g, '‹$1›');
