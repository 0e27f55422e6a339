// Builds the components that were deployed into an org, from the very files that were deployed. Labels, permissions and
// users are asked of the session, so that one build serves every user and every language.
// Source: LWC guide, "@salesforce Modules"; Metadata API Developer Guide, "LightningComponentBundle".
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rollup';
import { labelsIn } from '../../metadata/labels.ts';
import { installedIn, type InstalledComponent } from '../../metadata/installed.ts';
import type { Org } from '../../org.ts';
import { cached, digestOf, type Built } from './cache.ts';
import type { Platform } from './platform.ts';

/** @throws Error that names the file, and what is wrong with it */
export async function buildPackage(org: Org, platform: Platform): Promise<Built> {
  const bundles = installedIn(org).all('LightningComponentBundle');
  const texts = bundles.flatMap(({ fullName, content }) =>
    [...(content ?? [])].flatMap(([file, bytes]) => [fullName, file, bytes.toString('utf8')]),
  );
  const known = knownMetadata(org);
  const digest = digestOf(
    [],
    [],
    [platform.base.digest, platform.host.digest, org.namespace ?? '', known.digest, ...texts],
  );
  return cached('package', digest, async (output) => {
    if (bundles.length === 0) return {};
    const folder = await mkdtemp(join(tmpdir(), 'lightning-package-'));
    try {
      return await build(org, bundles, folder, output, platform, known.plugin);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function build(
  org: Org,
  bundles: readonly InstalledComponent[],
  folder: string,
  output: string,
  platform: Platform,
  metadata: () => Plugin,
): Promise<Record<string, string>> {
  const namespace = org.namespace ?? 'c';
  const modules: { name: string; path: string }[] = [];
  // The resolver of modules looks for one above every file.
  await writeFile(join(folder, 'package.json'), '{"lwc":{"modules":[]}}');
  for (const { fullName, content = new Map<string, Buffer>() } of bundles) {
    const name = bareName(org, fullName);
    const at = join(folder, namespace, name);
    for (const [file, bytes] of content) {
      const path = join(at, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, inNamespace(file, bytes.toString('utf8'), namespace));
    }
    modules.push({ name: `${namespace}/${name}`, path: join(at, `${name}.js`) });
  }
  const [{ bundle }, { platformModule }] = await Promise.all([import('./rollup.ts'), import('./salesforceModules.ts')]);
  const offered = new Set([...Object.keys(platform.base.modules), ...Object.keys(platform.host.modules)]);
  return bundle({
    output,
    entries: modules.map(({ name }) => name),
    // Whether it exists is asked before the session is.
    plugins: [
      metadata(),
      platformModule((name) => /^@salesforce\/(label|customPermission|userPermission)\//.test(name)),
    ],
    modules,
    external: (name) => offered.has(name) && !name.startsWith('host/'),
  });
}

/** In a managed package `c` is the namespace of the package: in tags, and in imports of its own components. */
function inNamespace(file: string, text: string, namespace: string): string {
  if (namespace === 'c') return text;
  const tag = namespace.toLowerCase();
  if (file.endsWith('.html')) return text.replace(/(<\/?)c-(?=[a-z])/g, `$1${tag}-`);
  if (file.endsWith('.js')) return text.replace(/(from\s*|import\s*\(?\s*)(['"])c\//g, `$1$2${namespace}/`);
  return text;
}

export function bareName(org: Org, fullName: string): string {
  const prefix = `${org.namespace ?? ''}__`;
  return fullName.startsWith(prefix) ? fullName.slice(prefix.length) : fullName;
}

/** Modules that the org's metadata decides, each of which must exist. */
function knownMetadata(org: Org): { digest: string; plugin: () => Plugin } {
  const installed = installedIn(org);
  const labels = new Set(installed.all('CustomLabels').flatMap((file) => [...labelsIn(file).keys()]));
  const names = (type: string): string[] => installed.all(type).map(({ fullName }) => bareName(org, fullName));
  const permissions = new Set(names('CustomPermission'));
  const resources = new Set(names('StaticResource'));
  const channels = new Set(names('LightningMessageChannel'));
  const schema = org.schema.objects().flatMap(({ name, fields }) => [name, ...fields.keys()]);
  const prefix = org.namespace === undefined ? '' : `${org.namespace}__`;

  /** As this org calls it. */
  function inOrg(name: string, exists: (name: string) => boolean): string | undefined {
    return [name.replace(/\b(?=\w+__[cer]$)/, prefix), name].find(exists);
  }
  function reference(path: string): { objectApiName: string; fieldApiName?: string } | undefined {
    const [object = '', ...fields] = path.split('.');
    const objectApiName = inOrg(object, (name) => org.schema.find(name) !== undefined);
    if (objectApiName === undefined) return undefined;
    if (fields.length === 0) return { objectApiName };
    let at = org.schema.find(objectApiName);
    const found: string[] = [];
    for (const [index, name] of fields.entries()) {
      const last = index === fields.length - 1;
      const here = at;
      if (!here) return undefined;
      const known = inOrg(
        name,
        (one) => (last ? org.schema.field(here, one) : org.schema.relationship(here, one)) !== undefined,
      );
      if (known === undefined) return undefined;
      found.push(known);
      at = last ? undefined : org.schema.find(org.schema.relationship(here, known)?.referenceTo[0] ?? '');
    }
    return { objectApiName, fieldApiName: found.join('.') };
  }
  const plugin = (): Plugin => ({
    name: 'org-metadata',
    resolveId(id, importer) {
      const [, kind = '', member = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(id) ?? [];
      const missing = (what: string): never =>
        this.error(`${importer ?? ''}: imports ${id}, but the org has no ${what}`);
      if (kind === 'schema') return reference(member) ? `\0${id}` : missing('such object or field');
      if (kind === 'resourceUrl') return resources.has(member) ? `\0${id}` : missing('such static resource');
      if (kind === 'messageChannel')
        return channels.has(member.replace(/__c$/, '')) ? `\0${id}` : missing('such message channel');
      if (kind === 'label' && !labels.has(member.replace(/^c\./, ''))) missing('such label');
      if (kind === 'customPermission' && !permissions.has(member)) missing('such custom permission');
      return undefined;
    },
    load(id) {
      const [, kind = '', member = ''] = /^\0@salesforce\/(\w+)\/(.+)$/.exec(id) ?? [];
      if (kind === 'schema') return `export default ${JSON.stringify(reference(member))};`;
      if (kind === 'resourceUrl') return `export default ${JSON.stringify(`/resource/${prefix}${member}`)};`;
      if (kind === 'messageChannel') return `export default ${JSON.stringify({ channel: `${prefix}${member}` })};`;
      return undefined;
    },
  });
  return { digest: digestOf([], [], [...labels, ...permissions, ...resources, ...channels, ...schema]), plugin };
}
