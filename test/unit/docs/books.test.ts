// The books hold what code, tests and pages cite of them; a citation, link, path or named test that leads nowhere is named with its
// file and line. The ids that are wrong on purpose are put together here, so that this file cites none of them.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headingsIn } from '../../../scripts/books/books.ts';
import { checkBooks } from '../../../scripts/books/check.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

describe('the books of this repository', () => {
  const idsOf = (path: string): string[] => headingsIn(readFileSync(join(ROOT, path), 'utf8')).map(({ id }) => id);

  it('have a heading for everything that is cited', () => {
    expect(checkBooks(ROOT)).toEqual([]);
  });

  it.each([
    ['docs/spec.md', 'M', 35],
    ['docs/spec.md', 'B', 30],
    ['docs/failure-modes.md', 'F', 30],
    ['docs/invariants.md', 'I', 20],
  ])('%s has every %s, each once, %i at least', (path, prefix, fewest) => {
    const numbers = idsOf(path)
      .filter((id) => id.startsWith(prefix))
      .map((id) => Number(id.slice(1)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, n) => n + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(fewest);
  });

  it('are all linked from the README, as are the pages about the tests', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const pages = globSync(['docs/*.md', 'test/README.md', 'test/*/README.md'], { cwd: ROOT });
    expect(pages.filter((path) => !readme.includes(`](${path})`))).toEqual([]);
  });

  it('have the sections of the specification in order', () => {
    const sections = idsOf('docs/spec.md').filter((id) => /^\d+$/.test(id));
    expect(sections).toEqual(Array.from({ length: 19 }, (_, n) => String(n + 1)));
  });

  it('say of every promise beyond the rules whether it stands', () => {
    const beyond = headingsIn(readFileSync(join(ROOT, 'docs/spec.md'), 'utf8')).filter(({ id }) => id.startsWith('B'));
    expect(beyond.filter(({ firstLine }) => !/^\*\*(?:Stands|In part|Not yet)\.\*\*/.test(firstLine))).toEqual([]);
  });

  it('say of every failure mode what fails, what is promised, where it is kept and what proves it', () => {
    const [, ...modes] = readFileSync(join(ROOT, 'docs/failure-modes.md'), 'utf8').split(/^### /m);
    for (const mode of modes) {
      const [title] = mode.split('\n');
      expect({ title, said: mode.match(/^- \*\*.+?:\*\*/gm) }).toEqual({
        title,
        said: ['- **Fails:**', '- **Promise:**', '- **Kept in:**', '- **Proven by:**'],
      });
    }
  });
});

describe('a repository', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'books-'));
    write('docs/spec.md', '# Specification\n\n## 5 Ownership\n\n### M14 Ownership\n\n## 19 Beyond\n\n### B3 Dry run\n');
    write('docs/failure-modes.md', '### F1 Half-open stream\n\n### F2 Reset\n');
    write('docs/invariants.md', '### I1 Converged\n');
    write('docs/adr/0001-one.md', '# ADR 1 One\n');
    write('test/unit/owner.test.ts', "describe('an owner (M14)', () => { it('stays', () => {}); });\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  it('whose citations resolve has nothing wrong', () => {
    write(
      'bridge/owner.ts',
      '// M14, F1–F2 and I1 (spec §5 §19, ADR 1); RFC 5321 §4.2.1; https://example.com/a.html, §2.2\n',
    );
    write(
      'README.md',
      '[M14](docs/spec.md#m14-ownership) in `bridge/owner.ts`, by `unit/owner: an owner (M14) › stays`.\n',
    );
    expect(checkBooks(root)).toEqual([]);
  });

  it.each([
    ['a rule', `M${15}`],
    ['a promise beyond the rules', `B${4}`],
    ['a failure mode in a range', `F1–F${3}`],
    ['an invariant', `I${2}`],
    ['a section', `spec §${6}`],
    ['a part of a section', `§${5}.4`],
    ['a book that is not here', `design §${5}`],
    ['a decision', `ADR ${2}`],
  ])('that cites %s without a heading is reported with file and line', (_what, citation) => {
    write('bridge/owner.ts', `// Owners.\n// See ${citation}.\n`);
    expect(checkBooks(root)).toEqual([expect.stringMatching(/^bridge\/owner\.ts:2: /)]);
  });

  it.each([
    ['a link to no file', '[it](docs/none.md)'],
    ['a link to no heading', '[it](docs/spec.md#m14-owners)'],
    ['a path that is gone', '`bridge/owners.ts`'],
    ['a test of no file', '`unit/owners: an owner (M14) › stays`'],
    ['a test that is not there', '`owner: an owner (M14) › goes`'],
  ])('whose page has %s is reported with file and line', (_what, text) => {
    write('README.md', `# Owners\n\n${text}\n`);
    expect(checkBooks(root)).toEqual([expect.stringMatching(/^README\.md:3: /)]);
  });
});
