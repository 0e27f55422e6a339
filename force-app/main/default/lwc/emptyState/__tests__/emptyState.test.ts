import { setup } from '@sa11y/jest';
import { createElement } from 'lwc';
import EmptyState from 'c/emptyState';

describe('the empty state', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  function show(properties: Pick<EmptyState, 'heading'> & Partial<Pick<EmptyState, 'message'>>): HTMLElement {
    const element = createElement('c-empty-state', { is: EmptyState });
    Object.assign(element, properties);
    document.body.append(element);
    return element;
  }

  it('shows a heading and a sentence beneath it', async () => {
    const element = show({ heading: 'Nothing needs you', message: 'The last hour went through.' });
    const texts = [...(element.shadowRoot?.querySelectorAll('p') ?? [])].map(({ textContent }) => textContent);
    expect(texts).toEqual(['Nothing needs you', 'The last hour went through.']);
    await expect(element).toBeAccessible();
  });

  it('leaves no empty paragraph for a blank sentence', () => {
    expect(show({ heading: 'Nothing needs you' }).shadowRoot?.querySelectorAll('p')).toHaveLength(1);
  });
});
