import { catalogue, details, LEAD, mapping } from '#components/mappings';
import { allInside, inside, mount, settled } from '#components/mount';
import { setup } from '@sa11y/jest';
import { draftOf, NEW_DRAFT } from 'c/mappingDraft';
import type { MappingRecord } from 'c/mappingRows';
import { NOTHING_READ } from 'c/mappingSource';
import MappingStep from 'c/mappingStep';
import { UNKNOWN_FIELD } from 'c/orgField';
import { createRecord } from 'lightning/uiRecordApi';

const DRAFT = draftOf(mapping());
const READ = { ...UNKNOWN_FIELD, object: LEAD, salesforce: LEAD.fields.Title };

const show = (properties: object): HTMLElement =>
  mount('c-mapping-step', MappingStep, { draft: DRAFT, catalogue: catalogue(), mappings: [], ...properties });

async function dispatch(element: HTMLElement, child: string, name: string, detail?: unknown): Promise<void> {
  inside(element, child).dispatchEvent(new CustomEvent(name, { detail }));
  await settled();
}

/** The steps that are drawn; one at most. */
const steps = (element: HTMLElement): string[] =>
  allInside(element, 'c-when-step, c-what-step, c-rule-step, c-check-step').map(({ localName }) => localName);

describe('one step of the mapping editor', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it.each(['when', 'what', 'rule', 'check'])('is the one that is asked for: %s', async (step) => {
    const element = show({ step });
    await dispatch(element, 'c-org-field', 'read', READ);
    expect(steps(element)).toEqual([`c-${step}-step`]);
    expect(allInside(element, 'lightning-spinner')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it.each([
    ['rule', []],
    ['check', []],
    ['when', ['c-when-step']],
    ['what', ['c-what-step']],
  ])('waits for the object only where it is about both fields: %s', async (step, drawn) => {
    const element = show({ step });
    await dispatch(element, 'c-org-field', 'read', { ...UNKNOWN_FIELD, isLoading: true });
    expect(steps(element)).toEqual(drawn);
    const spinners = allInside<HTMLElement & { alternativeText: string }>(element, 'lightning-spinner');
    expect(spinners.map(({ alternativeText }) => alternativeText)).toEqual(
      drawn.length === 0 ? ['Loading the fields'] : [],
    );
    await expect(element).toBeAccessible();
  });

  it('has the focus once somebody has gone to it, and not before', async () => {
    const element = show({ step: 'when' });
    await settled();
    expect(element.shadowRoot?.activeElement).toBeNull();
    Object.assign(element, { step: 'what' });
    await settled();
    expect(element.shadowRoot?.activeElement?.ariaLabel ?? '').toBe('What');
    await expect(element).toBeAccessible();
  });

  it('hands on what is chosen', async () => {
    const element = show({ step: 'when' });
    const changed = details(element, 'change');
    await dispatch(element, 'c-when-step', 'change', { triggers: ['sale'] });
    expect(changed).toEqual([{ triggers: ['sale'] }]);
  });

  it('says whether anything can pass, once for each change of it', async () => {
    const element = show({ step: 'what', draft: NEW_DRAFT });
    const verdicts = details(element, 'verdict');
    Object.assign(element, { draft: DRAFT });
    await dispatch(element, 'c-org-field', 'read', { ...UNKNOWN_FIELD, isLoading: true });
    await dispatch(element, 'c-org-field', 'read', READ);
    await dispatch(element, 'c-org-field', 'read', { ...READ });
    expect(verdicts).toEqual([
      { isDead: true, isLoading: true },
      { isDead: false, isLoading: false },
    ]);
  });

  it('knows the fields and mappings that came since the page was opened', async () => {
    const element = show({ step: 'check' });
    await dispatch(element, 'c-org-field', 'read', READ);
    const check = (): { mappings: MappingRecord[]; findings: { dead: { code: string }[] } } =>
      inside<HTMLElement & { mappings: MappingRecord[]; findings: { dead: { code: string }[] } }>(
        element,
        'c-check-step',
      );
    expect(check().findings.dead).toEqual([]);
    const read = { ...NOTHING_READ, catalogue: catalogue({ fields: [] }), mappings: [mapping({ id: 'a09' })] };
    await dispatch(element, 'c-mapping-source', 'read', read);
    expect(check().mappings.map(({ id }) => id)).toEqual(['a09']);
    expect(check().findings.dead.map(({ code }) => code)).toContain('SellfireGone');
  });

  it('asks the bridge for a preview at the last step only, and again on request', async () => {
    const element = show({ step: 'rule' });
    await dispatch(element, 'c-org-field', 'read', READ);
    expect(createRecord).not.toHaveBeenCalled();
    Object.assign(element, { step: 'check' });
    await settled();
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(inside<HTMLElement & { requestId?: string }>(element, 'c-check-step').requestId).toBe('a02');
    await dispatch(element, 'c-check-step', 'again');
    expect(createRecord).toHaveBeenCalledTimes(2);
  });

  it('asks nothing of a bridge that is silent', async () => {
    const element = show({ step: 'check', isAway: true });
    await dispatch(element, 'c-org-field', 'read', READ);
    expect(createRecord).not.toHaveBeenCalled();
    expect(inside<HTMLElement & { isAway: boolean }>(element, 'c-check-step').isAway).toBe(true);
  });
});
