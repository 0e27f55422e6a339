import { mapping } from '#components/mappings';
import { NEW_DRAFT } from 'c/mappingDraft';
import { forgetDraft, keepDraft, keptDraft, type KeptDraft } from 'c/keptDraft';

const KEPT: KeptDraft = {
  label: 'Edit',
  kind: '',
  draft: { ...NEW_DRAFT, rule: 'TwoWay' },
  step: 'rule',
  record: mapping(),
};

describe('what was chosen and not saved', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    sessionStorage.clear();
  });

  it('is kept for this user until it is forgotten', () => {
    keepDraft(KEPT, NEW_DRAFT);
    expect(keptDraft()).toEqual(KEPT);
    expect(Object.keys(sessionStorage)).toEqual([expect.stringMatching(/^sellfire\.mapping\..+/)]);
    forgetDraft();
    expect(keptDraft()).toBeUndefined();
  });

  it('is not kept where it differs in nothing', () => {
    keepDraft(KEPT, NEW_DRAFT);
    keepDraft({ ...KEPT, draft: NEW_DRAFT }, NEW_DRAFT);
    expect(keptDraft()).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['of another shape', '{"label":"x"}'],
    ['of a step that is no more', JSON.stringify({ ...KEPT, step: 'who' })],
    ['without a rule', JSON.stringify({ ...KEPT, draft: { ...KEPT.draft, rule: undefined } })],
    ['of a record without an id', JSON.stringify({ ...KEPT, record: { ...mapping(), id: 1 } })],
  ])('is nothing where it is %s', (_what, text) => {
    keepDraft(KEPT, NEW_DRAFT);
    const [key = ''] = Object.keys(sessionStorage);
    sessionStorage.setItem(key, text);
    expect(keptDraft()).toBeUndefined();
  });

  it('costs nothing in a browser that keeps nothing', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => keepDraft(KEPT, NEW_DRAFT)).not.toThrow();
    expect(keptDraft()).toBeUndefined();
  });
});
