// Which rule of the specification is proven where: by an example of the core, in the simulator, through the real parts, and in the
// package and its pages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { PLACES, readRules, type Beyond, type Place } from './rules.ts';
import { titlesIn, type Title } from './titles.ts';

/** Beside the tests of the simulator: what of it proves which rule. */
export type Covers = Readonly<Record<string, { checks?: readonly string[]; bugs?: readonly string[] }>>;

export interface Proof {
  count: number;
  /** One of them, in words. */
  example: string;
}

export interface RuleCoverage {
  id: string;
  name: string;
  /** A proof, or why there is none to be had; undefined where one is missing. */
  places: Record<Place, Proof | { reason: string } | undefined>;
}

export interface Coverage {
  rules: RuleCoverage[];
  /** What goes beyond the rules, with the tests that name it. */
  beyond: (Beyond & { proof: Proof })[];
  /** In words; none where every rule has what applies. */
  gaps: string[];
}

/** @param root of the repository */
export function measure(root: string, covers: Covers): Coverage {
  const unit = titlesUnder(join(root, 'test/unit'), /\.test\.ts$/);
  // Rows stand in files of their own; they are tests only in the folder that the table reads.
  const endToEnd = titlesUnder(join(root, 'test/e2e'), /\.test\.ts$|(^|\/)spec\/[^/]+\.ts$/);
  const ofPackage = ['test/package', 'test/pages', 'force-app'].flatMap((folder) =>
    titlesUnder(join(root, folder), /\.test\.ts$/),
  );
  const { rules: stated, beyond } = readRules(root);
  const found: Record<Place, (id: string) => Proof> = {
    unit: (id) => proofOf(unit, id),
    simulator: (id) => {
      const { checks = [], bugs = [] } = covers[id] ?? {};
      const words = [...checks, ...bugs.map((name) => `finds ${name}`)];
      return { count: words.length, example: words[0] ?? '' };
    },
    endToEnd: (id) => proofOf(endToEnd, id),
    package: (id) => proofOf(ofPackage, id),
  };
  const gaps = unknown(root, covers);
  for (const id of Object.keys(covers))
    if (!stated.some((rule) => rule.id === id)) gaps.push(`${id}: docs/spec.md has no such rule.`);
  const rules = stated.map(({ id, name, unless }) => {
    const places = Object.fromEntries(
      PLACES.map((place) => {
        const proof = found[place](id);
        const reason = unless[place];
        if (reason !== undefined && proof.count > 0)
          gaps.push(`${id} is said to need no ${WORDS[place]}, and has one: take the reason away.`);
        if (proof.count > 0) return [place, proof];
        if (reason !== undefined) return [place, { reason }];
        gaps.push(`${id} (${name}) has no ${WORDS[place]}.`);
        return [place, undefined];
      }),
    ) as RuleCoverage['places'];
    return { id, name, places };
  });
  const everywhere = [...unit, ...endToEnd, ...ofPackage];
  return { rules, beyond: beyond.map((one) => ({ ...one, proof: proofOf(everywhere, one.id) })), gaps };
}

export const WORDS: Record<Place, string> = {
  unit: 'unit test',
  simulator: 'check in the simulator',
  endToEnd: 'end-to-end test',
  package: 'test of the package or a page',
};

function proofOf(titles: readonly Title[], id: string): Proof {
  const found = titles.filter(({ ids }) => ids.includes(id));
  // The one that is least about other rules.
  const [example] = found.toSorted((a, b) => a.ids.length - b.ids.length);
  return { count: found.length, example: example?.text ?? '' };
}

function titlesUnder(folder: string, names: RegExp): Title[] {
  return filesUnder(folder)
    .filter((path) => names.test(relative(folder, path)))
    .flatMap((path) => titlesIn(readFileSync(path, 'utf8'), path));
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** What is claimed of the simulator has to be in it: a check by the name of its function, a planted fault by its words. */
function unknown(root: string, covers: Covers): string[] {
  const checks = new Set<string>();
  const bugs = new Set<string>();
  for (const path of filesUnder(join(root, 'test/simulator')).filter((one) => one.endsWith('.ts'))) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionDeclaration(node) && node.name) checks.add(node.name.text);
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'name' && ts.isStringLiteralLike(node.initializer))
        bugs.add(node.initializer.text);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return Object.entries(covers).flatMap(([id, one]) => [
    ...(one.checks ?? [])
      .filter((name) => !checks.has(name))
      .map((name) => `${id}: the simulator has no check ${name}.`),
    ...(one.bugs ?? []).filter((name) => !bugs.has(name)).map((name) => `${id}: the simulator plants no "${name}".`),
  ]);
}
