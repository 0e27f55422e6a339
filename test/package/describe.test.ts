// docs/package.md says what the metadata says.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkPermissions } from '../../bridge/sync/rights.ts';
import type { FieldMapping } from '../../bridge/model/mapping.ts';
import { DEFAULT_SETTINGS } from '../../bridge/model/settings.ts';
import type { PackageNames } from '../../bridge/model/salesforce.ts';
import { describePackage } from '../../scripts/package/describe.ts';
import { readFlows } from '../../scripts/package/flows.ts';
import { readObjects } from '../../scripts/package/objects.ts';
import { readPermissionSets } from '../../scripts/package/permissionSets.ts';
import { PACKAGE_DIRECTORY, PACKAGE_PAGE } from '../../scripts/package/project.ts';
import { filesOf, readPackageSource, type PackageSource } from '../../scripts/package/source.ts';
import { children, textsOf } from '../../scripts/package/xml.ts';
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

  it('names everything else that people meet: pages, actions, reports, the dashboard, groups and labels', async () => {
    const page = await readFile(PACKAGE_PAGE, 'utf8');
    const types = ['FlexiPage', 'QuickAction', 'Report', 'Dashboard', 'PermissionSetGroup', 'ReportType'];
    const met = types.flatMap((type) => filesOf(source, type));
    const texts = [
      ...met.flatMap(({ root }) =>
        ['description', 'label', 'masterLabel', 'title'].flatMap((one) => textsOf(root, one)),
      ),
      ...filesOf(source, 'CustomLabels').flatMap(({ root }) =>
        children(root, 'labels').flatMap((label) => textsOf(label, 'fullName')),
      ),
      ...filesOf(source, 'ValidationRule').flatMap(({ root }) => textsOf(root, 'errorMessage')),
    ];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
    expect(met.length).toBeGreaterThan(20);
  });

  it('says of a flow what it publishes, stores and refuses', async () => {
    const page = await readFile(PACKAGE_PAGE, 'utf8');
    expect(page).toContain(
      'Runs: after a Sync_Request__c record is created. Publishes `Sync_Request__e`. Stores `Integration_Report__c`.',
    );
    expect(page).toContain(
      'Runs: each Sync_Progress__e message. Stores `Integration_Report__c`, `Sync_Request__c`. Looks in `Sync_Request__c`.',
    );
    expect(page).toMatch(/created or updated\. Looks in `Field_Mapping__c`\. Can refuse the save\./);
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

describe('the page on setting up Salesforce', () => {
  const read = (): Promise<string> => readFile(new URL('../../docs/salesforce-setup.md', import.meta.url), 'utf8');

  it('names every right that the bridge checks and a package cannot grant', async () => {
    const names = { prefix: '', leadId: '', phase: '', ownedRepId: '' } as PackageNames;
    const parts = {
      settings: { ...DEFAULT_SETTINGS, activitySync: true, createProducts: true },
      mappings: [{ rule: 'AlwaysSellfire', triggers: ['sale'], salesforceObject: 'Opportunity' } as FieldMapping],
    };
    const checks = checkPermissions(names, new Map(), new Map(), parts).filter(({ object }) => !/__[ce]$/.test(object));
    const page = await read();
    const rights = { read: 'Read', create: 'Create', edit: 'Edit' };
    for (const { object, need } of checks) {
      const row = page
        .split('\n')
        .filter((line) => line.startsWith('|') && new RegExp(`\\b${object}\\b`).test(line))
        .join('');
      expect([object, ...need.filter((right) => !row.includes(rights[right as keyof typeof rights]))]).toEqual([
        object,
      ]);
    }
    expect(checks.length).toBeGreaterThan(4);
  });

  it('names every page, group and permission set that somebody has to activate or assign', async () => {
    const page = await read();
    const labels = [
      ...filesOf(source, 'FlexiPage').filter(({ name }) => name.startsWith('Sellfire_')),
      ...filesOf(source, 'PermissionSetGroup'),
      ...filesOf(source, 'PermissionSet').filter(({ name }) => name !== 'Sellfire_Integration'),
    ].flatMap(({ root }) => [...textsOf(root, 'masterLabel'), ...textsOf(root, 'label')]);
    expect(labels.filter((label) => !page.includes(label))).toEqual([]);
    expect(labels.length).toBeGreaterThan(6);
  });
});
