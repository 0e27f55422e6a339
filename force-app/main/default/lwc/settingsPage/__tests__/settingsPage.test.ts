import { inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { FIELDS, settingsAnswer, STAGES } from '#components/settings';
import { graphqlWire, recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import { isRevisit } from 'c/revisit';
import SettingsPage from 'c/settingsPage';
import { graphql } from 'lightning/graphql';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const settings = graphqlWire(graphql);
const info = recordWire(getObjectInfo);
const stages = recordWire(getPicklistValues);

describe('the Settings page', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
    jest.clearAllMocks();
  });

  it('waits until it knows the settings and what they are called', async () => {
    const element = mount('c-settings-page', SettingsPage);
    settings.emit(settingsAnswer({}));
    await settled();
    expect(element.shadowRoot?.querySelector('c-settings-form')).toBeNull();
    info.emit({ fields: FIELDS });
    stages.emit({ values: STAGES });
    await settled();
    expect(element.shadowRoot?.querySelector('c-settings-form')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says who changed them last, and leads to every change', async () => {
    const element = mount('c-settings-page', SettingsPage);
    settings.emit(settingsAnswer({}));
    info.emit({ fields: FIELDS });
    await settled();
    expect(textOf(element)).toMatch(/Last changed by Ann Lee, /);
    inside(element, 'p lightning-button').click();
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ recordId: 'a10', actionName: 'view' });
  });

  it('says that they are the defaults where nobody has saved any', async () => {
    const element = mount('c-settings-page', SettingsPage);
    settings.emit(settingsAnswer());
    info.emit({ fields: FIELDS });
    await settled();
    expect(textOf(element)).toContain('Nobody has saved settings yet; these are the defaults.');
  });

  it('says what is wrong where they cannot be read', async () => {
    const element = mount('c-settings-page', SettingsPage);
    settings.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    settings.emit(settingsAnswer({}));
    info.error({ errorCode: 'INVALID_TYPE', message: 'x' }, 403);
    await settled();
    expect(textOf(element)).toContain('You do not have access');
  });

  it('reads again when the form says that it is stale', async () => {
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    const element = mount('c-settings-page', SettingsPage);
    settings.emit(settingsAnswer({}), undefined, refresh);
    info.emit({ fields: FIELDS });
    await settled();
    inside(element, 'c-settings-form').dispatchEvent(new CustomEvent('stale'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('reads again for whoever comes back to it', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    mount('c-settings-page', SettingsPage);
    settings.emit(settingsAnswer({}), undefined, refresh);
    settings.emit(settingsAnswer({}), undefined, refresh);
    await settled();
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
