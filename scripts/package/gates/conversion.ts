// Salesforce's own deploy library takes every file of the package: none is left aside, each lies in its type's folder
// under its own name, and the whole converts to what a deploy sends.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as deploy from '@salesforce/source-deploy-retrieve';
import { Findings, type Gate } from '../gate.ts';
import { SOURCE_API_VERSION } from '../project.ts';
import type { PackageSource } from '../source.ts';
import { children, parseXml, textOf, textsOf } from '../xml.ts';

/** The library, loaded when it is needed: it takes a second, and would log to the home directory from a thread of its own. */
async function library(): Promise<typeof deploy> {
  process.env['SF_DISABLE_LOG_FILE'] = 'true';
  return import('@salesforce/source-deploy-retrieve');
}

export const conversionGate: Gate = {
  name: 'conversion',
  promise: 'every file resolves to a component and converts for a deploy',
  async check(source) {
    const findings = new Findings('checks of files and components');
    const { ComponentSet } = await library();
    let components: deploy.ComponentSet;
    try {
      components = ComponentSet.fromSource({ fsPaths: [source.directory] });
    } catch (error) {
      findings.expect(false, error instanceof Error ? error.message : String(error));
      return findings;
    }
    components.sourceApiVersion = SOURCE_API_VERSION;
    const all = components.getSourceComponents().toArray().flatMap(withChildren);
    await checkClaims(source, all, findings);
    checkPlaces(source, all, findings);
    await checkManifest(components, all, findings);
    return findings;
  },
};

function withChildren(component: deploy.SourceComponent): deploy.SourceComponent[] {
  return [component, ...component.getChildren().filter((part) => part.xml !== component.xml)];
}

async function checkClaims(source: PackageSource, all: deploy.SourceComponent[], findings: Findings): Promise<void> {
  const { ForceIgnore } = await library();
  const claimed = new Set(all.flatMap((one) => [...one.walkContent(), ...(one.xml ? [one.xml] : [])]));
  const ignore = ForceIgnore.findAndCreate(source.directory);
  for (const file of source.files) {
    const path = join(source.directory, file);
    if (ignore.denies(path)) continue;
    findings.expect(claimed.has(path), `${file}: belongs to no component, so it would not be deployed`);
  }
}

function checkPlaces(source: PackageSource, all: deploy.SourceComponent[], findings: Findings): void {
  for (const component of all) {
    if (!component.xml) continue;
    const path = component.xml.slice(source.directory.length + 1);
    const folder = component.type.directoryName;
    findings.expect(path.split('/').includes(folder), `${path}: a ${component.type.name} belongs in ${folder}/`);
    const file = source.metadata.find((one) => one.path === path);
    const fullName = file?.root && textOf(file.root, 'fullName');
    if (fullName !== undefined) {
      findings.expect(fullName === file?.name, `${path}: is named ${fullName} inside, and otherwise outside`);
    }
  }
}

async function checkManifest(
  components: deploy.ComponentSet,
  all: deploy.SourceComponent[],
  findings: Findings,
): Promise<void> {
  const { MetadataConverter, RegistryAccess } = await library();
  const registry = new RegistryAccess();
  const outputDirectory = await mkdtemp(join(tmpdir(), 'sellfire-package-'));
  try {
    await new MetadataConverter().convert(components, 'metadata', {
      type: 'directory',
      outputDirectory,
      genUniqueDir: false,
    });
    const manifest = parseXml(await readFile(join(outputDirectory, 'package.xml'), 'utf8'));
    const named = new Set(
      children(manifest, 'types').flatMap((type) =>
        textsOf(type, 'members').map((member) => `${textOf(type, 'name') ?? ''}:${member}`),
      ),
    );
    for (const { type, fullName, xml } of all) {
      // A standard object is only the folder of its fields here: it has no file, and is not deployed itself.
      if (!xml) continue;
      // A folder is named under the type that it holds.
      const holds = type.folderContentType && registry.getTypeByName(type.folderContentType).name;
      findings.expect(
        named.has(holds ? `${holds}:${fullName}/` : `${type.name}:${fullName}`),
        `${type.name} ${fullName}: is not in the converted package`,
      );
    }
    await checkBundles(outputDirectory, all, findings);
  } catch (error) {
    findings.expect(false, `conversion failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await rm(outputDirectory, { recursive: true, force: true });
  }
}

/** The library converts a component without its script as readily as a whole one, and an org takes what is left of it. */
async function checkBundles(outputDirectory: string, all: deploy.SourceComponent[], findings: Findings): Promise<void> {
  for (const { type, fullName } of all) {
    if (type.name !== 'LightningComponentBundle') continue;
    const folder = `${type.directoryName}/${fullName}`;
    const files = await readdir(join(outputDirectory, folder), { recursive: true }).catch((): string[] => []);
    findings.expect(files.includes(`${fullName}.js`), `${folder}: would be deployed without its ${fullName}.js`);
    const strays = files.filter((file) => file.endsWith('.ts'));
    findings.expect(strays.length === 0, `${folder}: ${strays.join(', ')} would be deployed`);
  }
}
