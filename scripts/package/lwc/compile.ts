// A bundle through the platform's own compiler, as an org would compile it at deploy.
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

export function compileBundle(bundle: Bundle): Promise<Compiled> {
  const key = JSON.stringify([bundle.path, ...deployedFiles(bundle)]);
  const report = reports.get(key) ?? compileAnew(bundle);
  reports.set(key, report);
  return report;
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
