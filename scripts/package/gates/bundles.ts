// Every component of the package is one that an org can compile, under its own name, with everything that it imports and
// shows; and what is deployed of it is its built JavaScript, never its TypeScript.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Findings, type Gate } from '../gate.ts';
import { hasField, isKnown, readObjects, type PackageObject } from '../objects.ts';
import { builtOf, COMPONENT_SCRIPT } from '../lwc/build.ts';
import { deployedFiles, readBundles, type Bundle } from '../lwc/bundles.ts';
import { compileBundle, nodesOf } from '../lwc/compile.ts';
import { camelCase, isBaseComponent, isPlatformModule } from '../lwc/platform.ts';
import { SOURCE_API_VERSION } from '../project.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { children, textOf } from '../xml.ts';

type Objects = ReadonlyMap<string, PackageObject>;

/** LWC guide, "Component Folder": begins with a small letter, letters and digits only. */
const NAME = /^[a-z][a-zA-Z0-9]*$/;
/** What keeps TypeScript and tests out of a deployment, in .forceignore. */
const LEFT_OUT = ['**/lwc/**/*.ts', '**/__tests__/**'];

export const bundlesGate: Gate = {
  name: 'bundles',
  promise: 'every component compiles, is built, and names only what exists; no TypeScript is deployed',
  async check(source) {
    const findings = new Findings('names, imports and tags');
    await checkLeftOut(source, findings);
    const bundles = await readBundles(source);
    const known = new Set(bundles.map((bundle) => bundle.name));
    const names = await knownNames(source);
    for (const bundle of bundles) {
      checkNames(bundle, source, findings);
      await checkBuilt(bundle, findings);
      await checkImports(bundle, (name) => names(name) || known.has(name.replace(/^c\//, '')), findings);
      const { faults, templates } = await compileBundle(bundle);
      for (const fault of faults) findings.expect(false, fault);
      for (const [file, root] of templates) {
        for (const { type, name = '' } of nodesOf(root)) {
          if (type !== 'Component') continue;
          const exists = name.startsWith('c-') ? known.has(camelCase(name.slice(2))) : isBaseComponent(name);
          findings.expect(exists, `${bundle.path}/${file}: <${name}> does not exist`);
        }
      }
    }
    return findings;
  },
};

/** That the deploy library leaves out what is not to be deployed, also where there is no component yet. */
async function checkLeftOut({ directory }: PackageSource, findings: Findings): Promise<void> {
  const ignored = await readFile(join(dirname(directory), '.forceignore'), 'utf8').catch(() => '');
  const lines = ignored.split(/\r?\n/);
  for (const line of LEFT_OUT) findings.expect(lines.includes(line), `.forceignore: does not leave out ${line}`);
}

function checkNames({ name, path, files }: Bundle, source: PackageSource, findings: Findings): void {
  findings.expect(
    NAME.test(name),
    `${path}: a component's name begins with a small letter, and has letters and digits`,
  );
  findings.expect(
    files.has(`${name}.js`) || files.has(`${name}.ts`),
    `${path}: has no ${name}.ts, so it is no component of its name`,
  );
  const meta = filesOf(source, 'LightningComponentBundle').find((file) => file.path === `${path}/${name}.js-meta.xml`);
  findings.expect(meta !== undefined, `${path}: has no ${name}.js-meta.xml`);
  const version = meta && textOf(meta.root, 'apiVersion');
  findings.expect(version === SOURCE_API_VERSION, `${path}: API version ${version ?? ''}, not ${SOURCE_API_VERSION}`);
}

/** Each script is TypeScript, and what lies beside it is what comes of it today. */
async function checkBuilt({ path, files }: Bundle, findings: Findings): Promise<void> {
  for (const [file, text] of files) {
    if (COMPONENT_SCRIPT.test(`${path}/${file}`)) {
      const { transpile } = await import('../lwc/transpile.ts');
      const { code, faults } = transpile(file, text);
      for (const fault of faults) findings.expect(false, `${path}/${file}: ${fault}`);
      const built = files.get(builtOf(file));
      const state =
        built === undefined ? 'is not built, so it would not be deployed' : 'was changed since it was built';
      findings.expect(built === code, `${path}/${file}: ${state} (npm run release -- build)`);
    } else if (file.endsWith('.js') && !files.has(file.replace(/\.js$/, '.ts'))) {
      findings.expect(false, `${path}/${file}: was built from a script that is gone, or was written by hand`);
    }
  }
}

async function checkImports(bundle: Bundle, exists: (name: string) => boolean, findings: Findings): Promise<void> {
  for (const [file, text] of deployedFiles(bundle)) {
    if (!file.endsWith('.js')) continue;
    const { importsOf } = await import('../lwc/transpile.ts');
    for (const name of importsOf(file, text)) {
      // The compiler finds what lies in the bundle itself.
      if (name.startsWith('.')) continue;
      findings.expect(exists(name), `${bundle.path}/${file}: imports ${name}, which does not exist`);
    }
  }
}

/** Whether a module of the platform or of the package's metadata exists, by its name. */
async function knownNames(source: PackageSource): Promise<(name: string) => boolean> {
  const objects = readObjects(source);
  const of = (type: string): Set<string> => new Set(filesOf(source, type).map((file) => file.name));
  const labels = filesOf(source, 'CustomLabels').flatMap(({ root }) => children(root, 'labels'));
  const members: Readonly<Record<string, (member: string) => boolean>> = {
    label: (member) => labels.some((label) => `c.${textOf(label, 'fullName') ?? ''}` === member),
    schema: (member) => isSchema(objects, member),
    customPermission: (member) => of('CustomPermission').has(member),
    resourceUrl: (member) => of('StaticResource').has(member),
  };
  return (name) => {
    const [, kind = '', member = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(name) ?? [];
    return members[kind]?.(member) ?? isPlatformModule(name);
  };
}

/** `Lead`, `Lead.Phase__c`, `Site__c.Organization__r.Name`. */
function isSchema(objects: Objects, member: string): boolean {
  const [object = '', field, ...more] = member.split('.');
  if (field === undefined) return isKnown(objects, object);
  if (more.length === 0) return isKnown(objects, object) && hasField(objects, object, field);
  const parent = objects.get(object)?.fields.get(field.replace(/__r$/, '__c'))?.referenceTo;
  return parent !== undefined && isSchema(objects, [parent, ...more].join('.'));
}
