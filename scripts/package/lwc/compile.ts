// A bundle through the platform's own compiler, as an org would compile it at deploy.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SOURCE_API_VERSION } from '../project.ts';
import { deployedFiles, type Bundle } from './bundles.ts';

export interface Compiled {
  /** One sentence each, beginning with the file. */
  faults: string[];
  /** The root of each template that compiles, by file name. */
  templates: Map<string, TemplateNode>;
}

const expressionSchema = z.looseObject({ type: z.string(), value: z.unknown().optional() });
const attributeSchema = z.object({ name: z.string(), value: expressionSchema });
const nodeSchema = z.object({
  /** `Element`, `Component`, `Text`, `IfBlock` … */
  type: z.string(),
  name: z.string().optional(),
  raw: z.string().optional(),
  value: z.unknown().optional(),
  attributes: z.array(attributeSchema).optional(),
  properties: z.array(attributeSchema).optional(),
  get children(): z.ZodOptional<z.ZodArray<typeof nodeSchema>> {
    return z.array(nodeSchema).optional();
  },
});
export type TemplateNode = z.infer<typeof nodeSchema>;

/** By what is compiled: it takes tens of milliseconds, and a package that is read again is mostly what it was. */
const reports = new Map<string, Promise<Compiled>>();

const compiledSchema = z.object({
  faults: z.array(z.string()),
  templates: z.array(z.tuple([z.string(), nodeSchema])).transform((entries) => new Map(entries)),
});

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What was compiled before, by another process too: a whole package takes more than ten seconds. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'bundles');
/** The compiler, and what is taken from its answer. */
const compilerDigest = (): string =>
  [join(ROOT, 'node_modules', '@lwc', 'sfdc-lwc-compiler', 'package.json'), fileURLToPath(import.meta.url)]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\0');
let compiler: string | undefined;

export function compileBundle(bundle: Bundle): Promise<Compiled> {
  const key = JSON.stringify([bundle.path, bundle.name, SOURCE_API_VERSION, ...deployedFiles(bundle)]);
  const report = reports.get(key) ?? compileOnce(bundle, key);
  reports.set(key, report);
  return report;
}

async function compileOnce(bundle: Bundle, key: string): Promise<Compiled> {
  compiler ??= compilerDigest();
  const cached = join(CACHE, `${createHash('sha256').update(`${compiler}\0${key}`).digest('hex')}.json`);
  try {
    return compiledSchema.parse(JSON.parse(await readFile(cached, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { faults, templates } = await compileAnew(bundle);
  await mkdir(CACHE, { recursive: true });
  // Written beside and renamed, so that nobody reads half of it.
  const written = `${cached}.${randomUUID()}`;
  await writeFile(written, JSON.stringify({ faults, templates: [...templates] }));
  await rename(written, cached);
  return { faults, templates };
}

async function compileAnew(bundle: Bundle): Promise<Compiled> {
  // Loaded where there is a bundle: it takes a second.
  const { compile } = await import('@lwc/sfdc-lwc-compiler');
  const { success, diagnostics, metadata } = await compile({
    bundle: {
      namespace: 'c',
      name: bundle.name,
      type: 'platform',
      files: Object.fromEntries(deployedFiles(bundle)),
      options: { apiVersion: Number(SOURCE_API_VERSION) },
    },
  });
  const faults = diagnostics
    .filter(({ level }) => level <= ERROR)
    .map(({ filename, location, message }) => {
      const place = location ? `${location.line}:${location.column} ` : '';
      return `${bundle.path}/${filename ?? ''}: ${place}${message}`;
    });
  if (!success && faults.length === 0) faults.push(`${bundle.path}: does not compile`);
  const templates = new Map(
    (metadata?.templateDependencies ?? []).flatMap(({ fileName, ast }) =>
      ast === undefined ? [] : [[fileName, nodeSchema.parse(JSON.parse(ast))] as const],
    ),
  );
  return { faults, templates };
}

/** Of the compiler's levels: 0 fatal, 1 error, 2 warning, 3 log. */
const ERROR = 1;

/** The node and all below it. */
export function nodesOf(node: TemplateNode): TemplateNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}
