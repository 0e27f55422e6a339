// What a component shows to those who build pages of their own: where it can be placed, and what can be set on it. Once
// released, none of it can be taken back, and an exposed component stays exposed.
import { filesOf, type PackageSource } from '../source.ts';
import { child, textOf, textsOf } from '../xml.ts';
import { readBundles } from './bundles.ts';

export interface Exposed {
  /** `lightning__RecordPage` … */
  targets: string[];
  /** Names of the `@api` members of its class. */
  properties: string[];
}

/** By name, the components that are exposed. */
export async function readExposed(source: PackageSource): Promise<Record<string, Exposed>> {
  const exposed: Record<string, Exposed> = {};
  for (const { name, path, files } of await readBundles(source)) {
    const meta = filesOf(source, 'LightningComponentBundle').find(
      (file) => file.path === `${path}/${name}.js-meta.xml`,
    )?.root;
    if (!meta || textOf(meta, 'isExposed') !== 'true') continue;
    const { publicMembers } = await import('./transpile.ts');
    const targets = child(meta, 'targets');
    exposed[name] = {
      targets: (targets ? textsOf(targets, 'target') : []).sort(),
      properties: publicMembers(name, files.get(`${name}.ts`) ?? '').sort(),
    };
  }
  return exposed;
}
