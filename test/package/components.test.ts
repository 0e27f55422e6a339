// Components in TypeScript become what an org runs. That every gate takes one that is sound: gates.test.ts.
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildComponents } from '../../scripts/package/lwc/build.ts';
import { readExposed } from '../../scripts/package/lwc/exposed.ts';
import { readPackageSource } from '../../scripts/package/source.ts';
import { deployFolder } from '../salesforce/metadata.ts';
import { installedIn } from '../salesforce/metadata/installed.ts';
import { createOrg } from '../salesforce/org.ts';
import { plantComponents } from './faults/bundles.ts';
import { PackageCopy } from './plant.ts';

describe('a package with components', () => {
  let copy: PackageCopy;
  beforeAll(async () => {
    copy = await PackageCopy.make();
  });
  afterEach(() => copy.restore());
  afterAll(() => copy.dispose());

  it('is deployed with the scripts that are built, and without TypeScript', async () => {
    await plantComponents(copy, { 'leadPhase/leadPhase.js': undefined });
    const org = createOrg();
    try {
      await deployFolder(org, copy.directory);
      const { content } = installedIn(org).get('LightningComponentBundle', 'leadPhase') ?? {};
      expect([...(content ?? new Map()).keys()].sort()).toEqual(['leadPhase.html', 'leadPhase.js']);
    } finally {
      org.close();
    }
  });
});

describe('what is recorded of a component at its release', () => {
  it('is where it can be placed and what can be set on it, and only if it is exposed', async () => {
    const copy = await PackageCopy.make();
    try {
      await plantComponents(copy);
      const onRecordPage = '<isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets>';
      await copy.edit('lwc/leadPhase/leadPhase.js-meta.xml', '<isExposed>false</isExposed>', onRecordPage);
      const exposed = await readExposed(await readPackageSource(copy.directory));
      expect(exposed).toHaveProperty('leadPhase', { targets: ['lightning__RecordPage'], properties: ['recordId'] });
      expect(exposed).not.toHaveProperty('errorMessage');
    } finally {
      await copy.dispose();
    }
  });
});

describe('the build of components', () => {
  let folder: string;
  const bundle = (): string => join(folder, 'lwc/hello');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sellfire-build-'));
    await mkdir(join(bundle(), '__tests__'), { recursive: true });
    await writeFile(join(bundle(), 'hello.ts'), 'export const a: number = 1;\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the types away and leaves decorators and fields as they are', async () => {
    await writeFile(
      join(bundle(), 'hello.ts'),
      `import { LightningElement, api } from 'lwc';
import type { Lead } from './lead';
export default class Hello extends LightningElement {
  @api lead?: Lead;
}
`,
    );
    await buildComponents(folder);
    expect(await readFile(join(bundle(), 'hello.js'), 'utf8')).toBe(`import { LightningElement, api } from 'lwc';
export default class Hello extends LightningElement {
    @api
    lead;
}
`);
  });

  it('builds what is new or changed, and nothing twice', async () => {
    expect(await buildComponents(folder)).toEqual(['lwc/hello/hello.js']);
    expect(await buildComponents(folder)).toEqual([]);
    // A second later than anything that was written.
    const later = new Date(Date.now() + 1000);
    await utimes(join(bundle(), 'hello.ts'), later, later);
    expect(await buildComponents(folder)).toEqual(['lwc/hello/hello.js']);
  });

  it('builds neither tests nor declarations', async () => {
    await writeFile(join(bundle(), '__tests__/hello.test.ts'), 'const a = 1;\n');
    await writeFile(join(bundle(), 'lead.d.ts'), 'export type Lead = string;\n');
    await buildComponents(folder);
    expect((await readdir(bundle(), { recursive: true })).sort()).toEqual([
      '__tests__',
      '__tests__/hello.test.ts',
      'hello.js',
      'hello.ts',
      'lead.d.ts',
    ]);
  });

  it('says where a text is no TypeScript, and writes nothing', async () => {
    await writeFile(join(bundle(), 'hello.ts'), 'const a = ;\n');
    await expect(buildComponents(folder)).rejects.toThrow(/lwc\/hello\/hello\.ts cannot be built: 1:11 /);
    expect(await readdir(bundle())).toEqual(['__tests__', 'hello.ts']);
  });
});
