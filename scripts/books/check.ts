// Holds the books and the repository together: every citation in code, tests and pages leads to a heading; every page's links,
// paths and named tests are there. One that is not is named with its file and line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { titlesIn } from '../specCoverage/titles.ts';
import { anchorsIn, readBooks } from './books.ts';
import { citationsIn } from './citations.ts';

const FOLDERS = ['bridge', 'config', 'docs', 'force-app', 'scripts', 'test'];
const TEXTS = ['.ts', '.js', '.cjs', '.mjs', '.html', '.css', '.md', '.sql', '.xml', '.sh', '.yml'];
/** A path of the repository in a page's code span. */
const PATH = /^(?:bridge|config|docs|force-app|scripts|test)\/[\w./-]+$/;
/** A test in a page's code span, as `file: describe › test`; the file by the end of its path. */
const TEST = /^([\w./-]+): (.+ › .+)$/;

/** @param root of the repository. @returns a line for each citation, link, path and test that leads nowhere */
export function checkBooks(root: string): string[] {
  const books = readBooks(root);
  const tests = testsOf(root);
  return textsOf(root).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const cited = citationsIn(text, books).map(({ line, text: what, problem }) => ({ line, what, problem }));
    const said = extname(path) === '.md' ? [...linksIn(text, path), ...spansIn(text, root, tests)] : [];
    return [...cited, ...said]
      .filter(({ problem }) => problem !== undefined)
      .map(({ line, what, problem }) => `${relative(root, path)}:${line}: ${what}: ${problem}`);
  });
}

function textsOf(root: string): string[] {
  const inFolders = FOLDERS.map((name) => join(root, name))
    .filter((folder) => existsSync(folder))
    .flatMap(filesUnder);
  const atTop = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(root, entry.name)] : [],
  );
  return [...atTop, ...inFolders].filter((path) => TEXTS.includes(extname(path))).toSorted();
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The titles of each file under test/, by its path without the ending; read when it is first asked for. */
function testsOf(root: string): (file: string) => string[] | undefined {
  const folder = join(root, 'test');
  const paths = existsSync(folder) ? filesUnder(folder).filter((path) => path.endsWith('.ts')) : [];
  const known = new Map<string, string[]>();
  return (file) => {
    const found = paths.filter((path) => `/${path.replace(/(?:\.test)?\.ts$/, '')}`.endsWith(`/${file}`));
    if (found.length === 0) return undefined;
    return found.flatMap((path) => {
      const titles = known.get(path) ?? titlesIn(readFileSync(path, 'utf8'), path).map(({ text }) => text);
      known.set(path, titles);
      return titles;
    });
  };
}

interface Said {
  line: number;
  what: string;
  problem: string | undefined;
}

/** Links to other pages of the repository and to their headings. */
function linksIn(markdown: string, path: string): Said[] {
  return eachLine(markdown, /\]\(([^)\s]+)\)/g, (target) => {
    if (/^[a-z]+:/.test(target)) return undefined;
    const [file = '', anchor] = target.split('#');
    const page = file === '' ? path : resolve(dirname(path), file);
    if (!existsSync(page)) return 'there is no such file';
    if (anchor === undefined || anchorsIn(readFileSync(page, 'utf8')).includes(anchor)) return undefined;
    return 'the page has no such heading';
  });
}

/** Paths and tests in code spans. */
function spansIn(markdown: string, root: string, tests: (file: string) => string[] | undefined): Said[] {
  return eachLine(markdown, /`([^`]+)`/g, (span) => {
    if (PATH.test(span)) return existsSync(join(root, span)) ? undefined : 'there is no such file';
    const [, file, title] = TEST.exec(span) ?? [];
    if (file === undefined || title === undefined) return undefined;
    const titles = tests(file);
    if (titles === undefined) return 'test/ has no such file';
    return titles.includes(title) ? undefined : 'the file has no such test';
  });
}

function eachLine(text: string, pattern: RegExp, problemOf: (what: string) => string | undefined): Said[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(pattern)].map(([, what = '']) => ({ line: index + 1, what, problem: problemOf(what) })),
    );
}
