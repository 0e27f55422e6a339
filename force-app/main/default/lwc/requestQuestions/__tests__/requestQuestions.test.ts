import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import { kindOf, type Answers } from 'c/requestKinds';
import RequestQuestions from 'c/requestQuestions';

const show = (type: string, answers: Answers = {}): HTMLElement =>
  mount('c-request-questions', RequestQuestions, { asks: kindOf(type)?.asks ?? [], answers });
const labels = (element: HTMLElement): string[] =>
  allInside<HTMLElement & { label?: string }>(element, '*')
    .map((one) => (one.localName === 'label' ? textOf(one) : (one.label ?? '')))
    .filter((label) => label !== '');

describe('the questions of a request', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['LinkExisting', []],
    ['Import', ['Records to import', 'Created since (blank: ever)', 'Owned by (blank: anybody)']],
    ['ExportSales', ['First close date (blank: 30 days ago)', 'Last close date (blank: today)']],
    ['Reconcile', ['What to compare', 'Changed since (blank: the last 24 hours)']],
    ['RefreshCatalogue', []],
  ])('of %s are only its own, each with what a blank means', async (type, asked) => {
    const element = show(type);
    expect(labels(element)).toEqual(asked);
    await expect(element).toBeAccessible();
  });

  it('ask for no time where every pair is compared', () => {
    expect(labels(show('Reconcile', { all: true }))).toEqual(['What to compare']);
  });

  it('are answered one by one, and a blank takes its answer back', () => {
    const element = show('Import', { since: '2026-11-01' });
    const answered = jest.fn();
    element.addEventListener('answer', (event) => answered((event as CustomEvent).detail));
    const change = (selector: string, detail: unknown): void => {
      inside(element, selector).dispatchEvent(new CustomEvent('change', { detail }));
    };
    change('lightning-checkbox-group', { value: ['Lead'] });
    expect(answered).toHaveBeenLastCalledWith({ since: '2026-11-01', objects: ['Lead'] });
    change('lightning-record-picker', { recordId: '005000000000001AAA' });
    expect(answered).toHaveBeenLastCalledWith({ since: '2026-11-01', owner: '005000000000001AAA' });
    const since = inside<HTMLInputElement>(element, 'input');
    expect(since.value).toBe('2026-11-01');
    since.value = '';
    since.dispatchEvent(new CustomEvent('change'));
    expect(answered).toHaveBeenLastCalledWith({});
  });

  it('choose between what changed and every pair', () => {
    const element = show('Reconcile');
    const answered = jest.fn();
    element.addEventListener('answer', (event) => answered((event as CustomEvent).detail));
    inside(element, 'lightning-radio-group').dispatchEvent(new CustomEvent('change', { detail: { value: 'all' } }));
    expect(answered).toHaveBeenLastCalledWith({ all: true });
  });
});
