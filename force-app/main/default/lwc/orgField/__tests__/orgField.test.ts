import { details, objectInfo } from '#components/mappings';
import { mount, settled } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import OrgFieldReader, { type OrgField } from 'c/orgField';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';

async function show(
  objectName: string,
  fieldName: string,
): Promise<{ element: HTMLElement; read: () => OrgField | undefined }> {
  const reads: OrgField[] = [];
  const element = mount('c-org-field', OrgFieldReader);
  element.addEventListener('read', (event) => reads.push((event as CustomEvent<OrgField>).detail));
  Object.assign(element, { objectName, fieldName });
  await settled();
  return { element, read: () => reads.at(-1) };
}

describe('reading a field of the org', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says that it is on its way, then what it is', async () => {
    const { element, read } = await show('Lead', 'Title');
    expect(read()).toMatchObject({ isLoading: true, isHidden: false });
    recordWire(getObjectInfo).emit(objectInfo());
    await settled();
    expect(read()).toMatchObject({ isLoading: false, salesforce: { name: 'Title', type: 'string', length: 128 } });
    await expect(element).toBeAccessible();
  });

  it('reads the values of a picklist, and of nothing else', async () => {
    const { read } = await show('Lead', 'Industry');
    recordWire(getObjectInfo).emit(objectInfo());
    await settled();
    expect(recordWire(getPicklistValues).getLastConfig()).toEqual({
      recordTypeId: '012000000000000AAA',
      fieldApiName: 'Lead.Industry',
    });
    expect(read()?.salesforce?.values).toBeUndefined();
    recordWire(getPicklistValues).emit({ values: [{ label: 'Law', value: 'Legal' }] });
    await settled();
    expect(read()?.salesforce?.values).toEqual(['Legal']);
    expect(read()?.entries).toEqual([{ label: 'Law', value: 'Legal' }]);
  });

  it('says that the user may not see the object', async () => {
    const { read } = await show('Secret__c', 'Title');
    recordWire(getObjectInfo).error({ errorCode: 'INSUFFICIENT_ACCESS' }, 403);
    await settled();
    expect(read()).toMatchObject({ isLoading: false, isHidden: true, object: undefined });
  });

  it('forgets the object before', async () => {
    const { element, read } = await show('Lead', 'Title');
    recordWire(getObjectInfo).emit(objectInfo());
    Object.assign(element, { objectName: 'Contact', fieldName: '' });
    await settled();
    expect(read()).toMatchObject({ isLoading: true, object: undefined });
    const seen: unknown[] = details(element, 'read');
    recordWire(getObjectInfo).emit(objectInfo());
    await settled();
    expect(seen).toEqual([]);
  });
});
