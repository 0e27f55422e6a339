import { details } from '#components/mappings';
import { inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import { keepDraft, keptDraft, type KeptDraft } from 'c/keptDraft';
import { NEW_DRAFT } from 'c/mappingDraft';
import UnsavedNotice, { type Notice } from 'c/unsavedNotice';

const KEPT: KeptDraft = {
  ...{ label: 'Map a system field', kind: 'system', step: 'rule' },
  draft: { ...NEW_DRAFT, rule: 'TwoWay' },
};

const show = (properties: object = {}): HTMLElement & Notice =>
  mount('c-unsaved-notice', UnsavedNotice, properties) as HTMLElement & Notice;

describe('the notice of a mapping that was left before it was saved', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
  });

  it('is nothing where nothing was left, and stands there once something was', async () => {
    const element = show();
    expect(textOf(element)).toBe('');
    keepDraft(KEPT, NEW_DRAFT);
    element.look();
    await settled();
    expect(textOf(inside(element, '[role="status"]'))).toContain('Map a system field');
    await expect(element).toBeAccessible();
  });

  it('goes on where the choices were left', () => {
    keepDraft(KEPT, NEW_DRAFT);
    const element = show();
    const resumed = details(element, 'resume');
    inside(element, '[data-action="resume"]').click();
    expect(resumed).toEqual([KEPT]);
    expect(keptDraft()).toEqual(KEPT);
  });

  it('forgets them only by its own button', async () => {
    keepDraft(KEPT, NEW_DRAFT);
    const element = show();
    inside(element, '[data-action="discard"]').click();
    await settled();
    expect(keptDraft()).toBeUndefined();
    expect(textOf(element)).toBe('');
  });

  it('can be discarded, but not gone on with, while nothing can be edited', async () => {
    keepDraft(KEPT, NEW_DRAFT);
    const element = show({ isShut: true });
    const isShut = (action: string): boolean =>
      Boolean(inside<HTMLElement & { disabled?: boolean }>(element, `[data-action="${action}"]`).disabled);
    expect([isShut('resume'), isShut('discard')]).toEqual([true, false]);
    await expect(element).toBeAccessible();
  });
});
