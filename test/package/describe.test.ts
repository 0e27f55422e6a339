// docs/package.md says what the metadata says.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { describePackage } from '../../scripts/package/describe.ts';
import { readFlows } from '../../scripts/package/flows.ts';
import { readObjects } from '../../scripts/package/objects.ts';
import { readPermissionSets } from '../../scripts/package/permissionSets.ts';
import { PACKAGE_DIRECTORY, PACKAGE_PAGE } from '../../scripts/package/project.ts';
import { readPackageSource, type PackageSource } from '../../scripts/package/source.ts';
import { PackageCopy } from './plant.ts';

let source: PackageSource;
beforeAll(async () => {
  source = await readPackageSource(PACKAGE_DIRECTORY);
});

describe('the page of the package', () => {
  it('is up to date (else: node scripts/describePackage.ts)', async () => {
    expect(await readFile(PACKAGE_PAGE, 'utf8')).toBe(await describePackage(source, PACKAGE_PAGE));
  });

  it('names every object, field, event, flow and permission set with its text', async () => {
    const page = await readFile(PACKAGE_PAGE, 'utf8');
    const objects = [...readObjects(source).values()];
    const described = [
      ...objects.filter((object) => object.path !== undefined).map(({ name, description }) => [name, description]),
      ...objects.flatMap((object) => [...object.fields.values()].map(({ name, help }) => [name, help])),
      ...readFlows(source).map(({ name, description }) => [name, description]),
      ...readPermissionSets(source).map(({ name, description }) => [name, description]),
    ];
    expect(described.flat().filter((text) => text === undefined || !page.includes(text))).toEqual([]);
    expect(described.length).toBeGreaterThan(80);
  });

  it('changes when a help text changes', async () => {
    const copy = await PackageCopy.make();
    try {
      await copy.edit(
        'objects/Lead/fields/Phase__c.field-meta.xml',
        '<inlineHelpText>Where',
        '<inlineHelpText>Roughly where',
      );
      const page = await describePackage(await readPackageSource(copy.directory), PACKAGE_PAGE);
      expect(page).toContain('Roughly where this business stands');
      expect(page).not.toBe(await readFile(PACKAGE_PAGE, 'utf8'));
    } finally {
      await copy.dispose();
    }
  });
});
