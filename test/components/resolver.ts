// Components under test show the package's own English labels instead of the labels' names, so that a test reads what a
// person reads: a number in its place, a sentence whole. Everything else is resolved as Salesforce's preset does.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error It has no types.
import preset from '@salesforce/sfdx-lwc-jest/src/resolver.js';
import { XMLParser } from 'fast-xml-parser';

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'force-app/main/default/labels/CustomLabels.labels-meta.xml');
/** Modules made from the labels: jest loads files only, and takes a .js of this repository for an ES module. */
const FOLDER = join(ROOT, 'node_modules/.cache/labels');
const LABEL = /^@salesforce\/label\/c\.(\w+)$/;

interface LabelsFile {
  CustomLabels: { labels: { fullName: string; value: string }[] };
}

const resolve = preset as (name: string, options: unknown) => string;

let labels: Map<string, string> | undefined;

/** As jest calls it. */
export function sync(name: string, options: unknown): string {
  const label = LABEL.exec(name)?.[1];
  return label === undefined ? resolve(name, options) : moduleOf(label);
}

function moduleOf(label: string): string {
  labels ??= readLabels();
  const text = labels.get(label);
  if (text === undefined) throw new Error(`The package has no label ${label}`);
  const path = join(FOLDER, `${label}.cjs`);
  mkdirSync(FOLDER, { recursive: true });
  // Workers write at the same time, and none reads half a file.
  const written = `${path}.${process.pid}`;
  writeFileSync(written, `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };\n`);
  renameSync(written, path);
  return path;
}

function readLabels(): Map<string, string> {
  const parser = new XMLParser({ parseTagValue: false });
  const { CustomLabels } = parser.parse(readFileSync(FILE, 'utf8')) as LabelsFile;
  return new Map(CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
}
