// What no event carries and what no query finds is said of a mapping before it fails, and read when its parts change (M8).
import { describe, expect, it } from '@jest/globals';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { mappingStatuses } from '../../../../bridge/sync/mapping/status.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField } from '../../../helpers/fields.ts';
import { config, LEAD_ID, mapping, salesforceChange, USUAL } from '../fixtures.ts';

const FULL = salesforceField('Name', 'string', { createable: false, updateable: false });

function on(...fields: SalesforceField[]) {
  const base = config([
    ...USUAL.filter(({ sellfireField }) => sellfireField !== 'title'),
    mapping('title', 'Lead.Name', 'SalesforceUnlessBlank'),
  ]);
  const lead = base.objects['Lead'];
  if (!lead) throw new Error('The fixture has no Lead.');
  const added = Object.fromEntries(fields.map((field) => [field.name, field]));
  return { ...base, objects: { ...base.objects, Lead: { ...lead, fields: { ...lead.fields, ...added } } } };
}

const PARTS = salesforceField('FirstName', 'string', { compoundFieldName: 'Name' });

describe('a field that no event carries', () => {
  it.each([
    ['a formula', [{ ...FULL, calculated: true }]],
    ['a compound', [FULL, PARTS]],
  ])('is said to be one: %s', (_what, fields) => {
    const status = mappingStatuses(on(...fields)).find(({ mapping: one }) => one.salesforceField === 'Name');
    expect(status).toMatchObject({
      status: 'Ok',
      reason: expect.stringContaining('reports no changes of Name') as unknown,
    });
  });

  it('is read when an event of its record arrives, and goes to Sellfire', () => {
    const link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead' as const, id: LEAD_ID }, fields: {} };
    const question = {
      changes: [salesforceChange('update', 9_000, { FirstName: 'Ada' })],
      link,
      config: on(FULL, PARTS),
      maybeApplied: false,
    };
    const first = decide({ ...question, found: nothingFound() });
    expect(first).toMatchObject({ needs: { records: [{ object: 'Lead', id: LEAD_ID }] } });
    const found = nothingFound();
    found.records.set(LEAD_ID, { createdAt: 0, at: 9_000, user: '', fields: { Name: 'Ada Stone' } });
    const second = decide({ ...question, found });
    expect(second).toMatchObject({ plan: { writes: [{ kind: 'updateInSellfire', fields: { title: 'Ada Stone' } }] } });
  });

  it('costs no reading where none is mapped', () => {
    const link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead' as const, id: LEAD_ID }, fields: {} };
    const changes = [salesforceChange('update', 9_000, { Title: 'Owner' })];
    const decision = decide({ changes, link, config: config(), found: nothingFound(), maybeApplied: false });
    expect(decision).toHaveProperty('plan');
  });
});

describe('a phone that cannot be searched', () => {
  it('is an Issue with its remedy before the first record fails', () => {
    const status = mappingStatuses(on(salesforceField('Phone', 'phone', { filterable: false }))).find(
      ({ mapping: one }) => one.salesforceField === 'Phone' && one.salesforceObject === 'Lead',
    );
    expect(status).toMatchObject({
      status: 'Issue',
      reason: expect.stringContaining('cannot search Phone of Lead') as unknown,
    });
  });
});
