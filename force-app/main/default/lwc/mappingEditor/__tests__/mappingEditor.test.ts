import { catalogue, details, LEAD, mapping, sellfireField } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Draft } from 'c/fieldFit';
import { UNKNOWN_FIELD, type OrgField } from 'c/orgField';
import { keptDraft } from 'c/keptDraft';
import MappingEditor from 'c/mappingEditor';
import { NOTHING_READ } from 'c/mappingSource';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

const READ: OrgField = { ...UNKNOWN_FIELD, object: LEAD, salesforce: LEAD.fields.Title };
const CHOSEN: Partial<Draft> = {
  sellfireObject: 'lead',
  sellfireField: 'title',
  salesforceObject: 'Lead',
  salesforceField: 'Title',
};

function show(properties: Record<string, unknown> = {}): HTMLElement {
  return mount('c-mapping-editor', MappingEditor, {
    label: 'Map a system field',
    kind: 'system',
    catalogue: catalogue(),
    mappings: [],
    ...properties,
  });
}
const button = (element: HTMLElement, action: string): HTMLElement & { disabled: boolean } =>
  inside(inside(element, 'c-mapping-buttons'), `lightning-button[data-action="${action}"]`);
/** Of the step that is open, or of the dialog around it. */
function part<Found extends HTMLElement = HTMLElement>(element: HTMLElement, selector: string): Found {
  const isAround = selector === 'c-mapping-path' || selector === 'c-mapping-saver';
  return inside<Found>(isAround ? element : inside(element, 'c-mapping-step'), selector);
}
async function press(element: HTMLElement, action: string): Promise<void> {
  button(element, action).click();
  await settled();
}
async function dispatch(element: HTMLElement, selector: string, name: string, detail: unknown): Promise<void> {
  part(element, selector).dispatchEvent(new CustomEvent(name, { detail }));
  await settled();
}
/** To the last step, with everything chosen. */
async function toCheck(element: HTMLElement, rule = 'TwoWay'): Promise<void> {
  await press(element, 'next');
  await dispatch(element, 'c-what-step', 'change', CHOSEN);
  await dispatch(element, 'c-org-field', 'read', READ);
  await press(element, 'next');
  await dispatch(element, 'c-rule-step', 'change', { rule });
  await press(element, 'next');
}

describe('the mapping editor', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
    jest.mocked(updateRecord).mockResolvedValue({ id: 'a01' } as never);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
    sessionStorage.clear();
  });

  it('leads from When to Check, and saves nothing on the way', async () => {
    const element = show();
    await expect(element).toBeAccessible();
    expect(button(element, 'next').disabled).toBe(false);
    await press(element, 'next');
    expect(button(element, 'next').disabled).toBe(true);
    await dispatch(element, 'c-what-step', 'change', CHOSEN);
    await dispatch(element, 'c-org-field', 'read', { ...UNKNOWN_FIELD, isLoading: true });
    expect(button(element, 'next').disabled).toBe(true);
    await dispatch(element, 'c-org-field', 'read', READ);
    await press(element, 'next');
    expect(button(element, 'next').disabled).toBe(true);
    await dispatch(element, 'c-rule-step', 'change', { rule: 'TwoWay' });
    expect(createRecord).not.toHaveBeenCalled();
    await press(element, 'next');
    expect(createRecord).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it.each<[string, string, Partial<Draft>]>([
    ['a system field (M2)', 'system', CHOSEN],
    ['a custom field (M3)', 'custom', { ...CHOSEN, sellfireField: 'custom_interests', salesforceField: 'Company' }],
  ])('saves for %s what was chosen in its steps, triggers and rule included', async (_what, kind, chosen) => {
    const element = show({ kind, isAway: true });
    await dispatch(element, 'c-when-step', 'change', { triggers: ['createUpdate', 'sale'] });
    await press(element, 'next');
    await dispatch(element, 'c-what-step', 'change', chosen);
    await dispatch(element, 'c-org-field', 'read', { ...READ, salesforce: LEAD.fields[chosen.salesforceField ?? ''] });
    await press(element, 'next');
    await dispatch(element, 'c-rule-step', 'change', { rule: 'AlwaysSellfire' });
    await press(element, 'next');
    await press(element, 'save');
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Field_Mapping__c',
      fields: {
        Sellfire_Object__c: 'lead',
        Sellfire_Field__c: chosen.sellfireField,
        Salesforce_Object__c: 'Lead',
        Salesforce_Field__c: chosen.salesforceField,
        Sync_Rule__c: 'AlwaysSellfire',
        On_Create_Update__c: true,
        On_Demo_Set__c: false,
        On_Sale__c: true,
      },
    });
  });

  it('asks the bridge for a preview of the draft when Check is reached', async () => {
    const element = show();
    await toCheck(element);
    const [[input]] = jest.mocked(createRecord).mock.calls as unknown as [
      [{ apiName: string; fields: Record<string, string> }],
    ];
    expect(input).toMatchObject({ apiName: 'Sync_Request__c', fields: { Type__c: 'PreviewMapping' } });
    expect(JSON.parse(input.fields.Parameters__c ?? '')).toEqual({
      mapping: null,
      draft: { ...CHOSEN, triggers: ['create/update'], rule: 'TwoWay' },
    });
    expect(part<HTMLElement & { requestId: string }>(element, 'c-check-step').requestId).toBe('a02');
  });

  it('asks for none while the bridge is away, and saves all the same', async () => {
    const element = show({ isAway: true });
    await toCheck(element);
    expect(createRecord).not.toHaveBeenCalled();
    const closed = details(element, 'close');
    await press(element, 'save');
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(closed).toEqual([{ id: 'a02', apply: false }]);
  });

  it('says that the preview could not be asked for, and lets one save', async () => {
    jest.mocked(createRecord).mockRejectedValueOnce({ status: 403, body: { errorCode: 'INSUFFICIENT_ACCESS' } });
    const element = show();
    await toCheck(element);
    expect(part<HTMLElement & { error: unknown }>(element, 'c-check-step').error).toMatchObject({ kind: 'access' });
    expect(button(element, 'save').disabled).toBe(false);
  });

  it('does not save a mapping by which nothing can pass', async () => {
    const element = show({ initial: { ...CHOSEN, sellfireField: 'sales_cycle' } });
    await press(element, 'next');
    await dispatch(element, 'c-org-field', 'read', READ);
    await press(element, 'next');
    await dispatch(element, 'c-rule-step', 'change', { rule: 'SalesforceUnlessBlank' });
    await press(element, 'next');
    expect(button(element, 'save').disabled).toBe(true);
    expect(textOf(part(element, 'c-check-step'))).toContain('Sales Cycle is read-only in Sellfire');
    expect(createRecord).not.toHaveBeenCalled();
  });

  it('notices that a chosen field is deleted meanwhile, and keeps the rest', async () => {
    const element = show({ isAway: true });
    await toCheck(element);
    await dispatch(element, 'c-org-field', 'read', { ...READ, salesforce: undefined });
    expect(button(element, 'save').disabled).toBe(true);
    expect(textOf(part(element, 'c-check-step'))).toContain('The field Title of Lead is gone');
    await dispatch(element, 'c-mapping-path', 'go', { step: 'what' });
    expect(part<HTMLElement & { draft: Draft }>(element, 'c-what-step').draft).toMatchObject({
      ...CHOSEN,
      rule: 'TwoWay',
    });
  });

  it('edits a mapping from what is saved of it, and asks again after a change (M9)', async () => {
    const record = mapping({ rule: 'AlwaysSellfire', triggers: ['createUpdate', 'sale'] });
    const element = show({ kind: '', record });
    await dispatch(element, 'c-org-field', 'read', READ);
    await dispatch(element, 'c-mapping-path', 'go', { step: 'check' });
    expect(createRecord).toHaveBeenCalledTimes(1);
    await dispatch(element, 'c-mapping-path', 'go', { step: 'rule' });
    await dispatch(element, 'c-mapping-path', 'go', { step: 'check' });
    expect(createRecord).toHaveBeenCalledTimes(1);
    await press(element, 'back');
    await dispatch(element, 'c-rule-step', 'change', { rule: 'TwoWay' });
    await press(element, 'next');
    expect(createRecord).toHaveBeenCalledTimes(2);
    const closed = details(element, 'close');
    await press(element, 'apply');
    expect(updateRecord).toHaveBeenCalledWith(
      { fields: expect.objectContaining({ Id: record.id, Sync_Rule__c: 'TwoWay', On_Sale__c: true }) },
      { ifUnmodifiedSince: record.lastModifiedDate },
    );
    expect(closed).toEqual([{ id: record.id, apply: true }]);
  });

  it('keeps what was chosen when a save fails', async () => {
    const element = show({ isAway: true });
    await toCheck(element, 'AlwaysSellfire');
    jest.mocked(createRecord).mockRejectedValueOnce({
      status: 400,
      body: { message: 'No.', output: { errors: [{ errorCode: 'X', message: 'No.' }], fieldErrors: {} } },
    });
    const closed = details(element, 'close');
    await press(element, 'save');
    expect(closed).toEqual([]);
    expect(textOf(element)).toContain('Salesforce did not save it: No.');
    expect(button(element, 'save').disabled).toBe(false);
    await press(element, 'back');
    expect(
      allInside<HTMLInputElement>(part(element, 'c-rule-step'), 'input').find(({ checked }) => checked)?.value,
    ).toBe('AlwaysSellfire');
  });

  it('offers to apply only what fires when a record is created or updated', async () => {
    const record = mapping({
      salesforceObject: 'Opportunity',
      salesforceField: 'Title',
      triggers: ['sale'],
      rule: 'AlwaysSellfire',
    });
    const element = show({ kind: '', record, isAway: true });
    await dispatch(element, 'c-org-field', 'read', READ);
    await dispatch(element, 'c-mapping-path', 'go', { step: 'check' });
    expect(button(element, 'apply').disabled).toBe(true);
    expect(button(element, 'save').disabled).toBe(false);
  });

  it('closes without a result when it is cancelled', async () => {
    const element = show();
    const closed = details(element, 'close');
    await press(element, 'cancel');
    expect(closed).toEqual([null]);
  });

  it('knows a field that Sellfire got after the page was opened (M3)', async () => {
    const element = show();
    const news = catalogue({ fields: [sellfireField('custom_crust', 'Crust')] });
    await dispatch(element, 'c-mapping-source', 'read', { ...NOTHING_READ, catalogue: news });
    await press(element, 'next');
    expect(part<HTMLElement & { catalogue: unknown }>(element, 'c-what-step').catalogue).toEqual(news);
  });

  it('keeps what was chosen until it is saved, for whoever closes it by a slip or loses the session', async () => {
    const record = mapping();
    const element = show({ kind: '', label: 'Edit Title', record, isAway: true });
    await dispatch(element, 'c-org-field', 'read', READ);
    await dispatch(element, 'c-mapping-path', 'go', { step: 'rule' });
    expect(keptDraft()).toBeUndefined();
    await dispatch(element, 'c-rule-step', 'change', { rule: 'AlwaysSellfire' });
    await press(element, 'next');
    await press(element, 'cancel');
    const kept = keptDraft();
    expect(kept).toMatchObject({ label: 'Edit Title', step: 'check', draft: { rule: 'AlwaysSellfire' }, record });
    document.body.replaceChildren();
    const again = show({ kind: '', label: 'Edit Title', record, kept, isAway: true });
    await dispatch(again, 'c-org-field', 'read', READ);
    await press(again, 'save');
    expect(updateRecord).toHaveBeenCalledWith(
      { fields: expect.objectContaining({ Id: record.id, Sync_Rule__c: 'AlwaysSellfire' }) },
      { ifUnmodifiedSince: record.lastModifiedDate },
    );
    expect(keptDraft()).toBeUndefined();
  });

  it('keeps nothing once everything is as it was, or as another admin saved it', async () => {
    const element = show({ kind: '', record: mapping(), isAway: true });
    await dispatch(element, 'c-when-step', 'change', { triggers: ['sale'] });
    expect(keptDraft()?.draft.triggers).toEqual(['sale']);
    await dispatch(element, 'c-when-step', 'change', { triggers: ['createUpdate'] });
    expect(keptDraft()).toBeUndefined();
    await dispatch(element, 'c-when-step', 'change', { triggers: ['sale'] });
    const { id: _id, name: _name, status: _status, reason: _reason, lastModifiedDate: _date, ...theirs } = mapping();
    await dispatch(element, 'c-mapping-saver', 'take', { ...theirs, rule: 'DoNotSync' });
    expect(keptDraft()).toBeUndefined();
  });

  it('waits at its last steps for the fields that they name', async () => {
    const element = show({ kind: '', record: mapping() });
    await dispatch(element, 'c-org-field', 'read', { ...UNKNOWN_FIELD, isLoading: true });
    await dispatch(element, 'c-mapping-path', 'go', { step: 'check' });
    expect(allInside(inside(element, 'c-mapping-step'), 'c-check-step')).toEqual([]);
    expect(button(element, 'save').disabled).toBe(true);
    expect(createRecord).not.toHaveBeenCalled();
    await dispatch(element, 'c-org-field', 'read', READ);
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(button(element, 'save').disabled).toBe(false);
  });
});
