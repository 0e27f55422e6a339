import { details } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import DeleteMapping from 'c/deleteMapping';
import { deleteRecord } from 'lightning/uiRecordApi';

const show = (properties: Record<string, unknown> = {}): HTMLElement =>
  mount('c-delete-mapping', DeleteMapping, {
    label: 'Delete?',
    recordId: 'a01',
    name: 'City ↔ Lead, City',
    rule: 'TwoWay',
    ...properties,
  });
async function confirm(element: HTMLElement): Promise<void> {
  inside(element, '[data-action="delete"]').click();
  await settled();
}

describe('deleting a mapping (M9)', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(deleteRecord).mockResolvedValue(undefined));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it.each([
    ['TwoWay', 'is no longer carried in either direction.'],
    ['AlwaysSellfire', 'no longer goes from Sellfire to Salesforce.'],
    ['SalesforceUnlessBlank', 'no longer goes from Salesforce to Sellfire.'],
    ['DoNotSync', 'Nothing changes'],
  ])('says what follows by the rule %s', async (rule, text) => {
    const element = show({ rule });
    expect(textOf(element)).toContain(text);
    await expect(element).toBeAccessible();
  });

  it('warns of the last mapping of the phone number', () => {
    expect(textOf(show({ isGate: true }))).toContain('without it nothing is synced at all.');
    document.body.replaceChildren();
    expect(allInside(show(), '.gate')).toEqual([]);
  });

  it('deletes when it is confirmed, and not before', async () => {
    const element = show();
    const closed = details(element, 'close');
    inside(element, '[data-action="cancel"]').click();
    expect(deleteRecord).not.toHaveBeenCalled();
    await confirm(element);
    expect(deleteRecord).toHaveBeenCalledWith('a01');
    expect(closed).toEqual([false, true]);
  });

  it('says why it could not, and takes what is gone already for done', async () => {
    const element = show();
    const closed = details(element, 'close');
    jest
      .mocked(deleteRecord)
      .mockRejectedValueOnce({ status: 403, body: { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' } });
    await confirm(element);
    expect(allInside(element, 'c-error-message')).toHaveLength(1);
    expect(closed).toEqual([]);
    jest.mocked(deleteRecord).mockRejectedValueOnce({ status: 404, body: { errorCode: 'ENTITY_IS_DELETED' } });
    await confirm(element);
    expect(closed).toEqual([true]);
  });
});
