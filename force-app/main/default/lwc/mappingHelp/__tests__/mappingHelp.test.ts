import { inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingHelp from 'c/mappingHelp';

describe('how rules work', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('explains the four rules, blanks and edits on both sides, and takes the focus', async () => {
    const element = mount('c-mapping-help', MappingHelp);
    const text = textOf(element);
    for (const part of [
      'Always use Salesforce unless blank',
      'A blank in Salesforce clears nothing',
      'the later edit wins',
    ])
      expect(text).toContain(part);
    expect(element.shadowRoot?.activeElement).toBe(inside(element, 'h2'));
    await expect(element).toBeAccessible();
  });
});
