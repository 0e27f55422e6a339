// The books of the repository (docs/): which ids and sections have a heading, and which anchors a link may lead to. A rule that has
// no heading cannot be cited.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Heading {
  /** `M14`, or the number of a section: `5`. */
  id: string;
  title: string;
  /** The first line below it that is not blank. */
  firstLine: string;
}

/** `### M14 Ownership` and `## 5 Ownership`. */
export function headingsIn(markdown: string): Heading[] {
  const lines = markdown.split('\n');
  return lines.flatMap((line, index) => {
    const [, id, title] = /^#+ (?:ADR )?([A-Z]?\d+) (.+)$/.exec(line) ?? [];
    if (id === undefined || title === undefined) return [];
    return [{ id, title, firstLine: lines.slice(index + 1).find((one) => one.trim() !== '') ?? '' }];
  });
}

/** The anchors of a page's headings, made as GitHub makes them. */
export function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export interface Books {
  /** Of rules, failure modes and invariants. */
  ids: ReadonlySet<string>;
  /** Of the specification. */
  sections: ReadonlySet<string>;
  /** Numbers of decisions. */
  decisions: ReadonlySet<string>;
}

/** The book that has the headings of ids with a prefix. */
const BOOK_OF = { M: 'docs/spec.md', B: 'docs/spec.md', F: 'docs/failure-modes.md', I: 'docs/invariants.md' } as const;

/** @param root of the repository */
export function readBooks(root: string): Books {
  const headings = (path: string): Heading[] =>
    existsSync(join(root, path)) ? headingsIn(readFileSync(join(root, path), 'utf8')) : [];
  const ids = Object.entries(BOOK_OF).flatMap(([prefix, path]) =>
    headings(path)
      .map(({ id }) => id)
      .filter((id) => id.startsWith(prefix)),
  );
  const folder = join(root, 'docs/adr');
  const decisions = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) =>
    headings(`docs/adr/${name}`).map(({ id }) => id),
  );
  const sections = headings('docs/spec.md')
    .map(({ id }) => id)
    .filter((id) => /^\d+$/.test(id));
  return { ids: new Set(ids), sections: new Set(sections), decisions: new Set(decisions) };
}
