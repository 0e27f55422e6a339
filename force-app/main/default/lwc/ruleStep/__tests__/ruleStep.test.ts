import { details, FIELDS, LEAD } from '#components/mappings';
import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Draft } from 'c/fieldFit';
import { NEW_DRAFT, ruleCards } from 'c/mappingDraft';
import RuleStep from 'c/ruleStep';

function show(sellfireName: string, extra: Partial<Draft> = {}): HTMLElement {
  const draft: Draft = {
    ...NEW_DRAFT,
    ...{ sellfireObject: 'lead', sellfireField: sellfireName, salesforceObject: 'Lead', salesforceField: 'Title' },
    ...extra,
  };
  const sellfire = FIELDS.find(({ name }) => name === sellfireName);
  const fields = { sellfire, object: LEAD, salesforce: LEAD.fields.Title };
  const cards = ruleCards(draft, fields, { mappings: [], createsRecords: true });
  return mount('c-rule-step', RuleStep, { cards });
}
const radios = (element: HTMLElement): HTMLInputElement[] => allInside<HTMLInputElement>(element, 'input');

describe('the step Rule (M5)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('has four cards that name the two fields, of blanks, echoes and edits on both sides', async () => {
    const element = show('business_name', { rule: 'AlwaysSellfire' });
    const text = textOf(element);
    expect(text).toContain('If Business Name changes in Sellfire, Title in Salesforce follows, a clearing too.');
    expect(text).toContain('A blank in Salesforce never clears Business Name and is never written.');
    expect(text).toContain('Our own writes are recognised when they come back and go nowhere.');
    expect(text).toContain('Changed on both sides at once: the later edit wins, and the other is kept in the report.');
    expect(text).toContain('Nothing passes between Business Name and Title.');
    expect(radios(element).map(({ checked }) => checked)).toEqual([false, true, false, false]);
    await expect(element).toBeAccessible();
  });

  it('keeps a rule that cannot work, with its reason', async () => {
    const element = show('sales_cycle');
    expect(radios(element).map(({ disabled }) => disabled)).toEqual([true, false, false, false]);
    expect(textOf(element)).toContain('Cannot be chosen: Sales Cycle is read-only in Sellfire');
    await expect(element).toBeAccessible();
  });

  it('says that a demo and a sale go one way only', () => {
    expect(textOf(show('title', { triggers: ['createUpdate', 'sale'] }))).toContain(
      'At a demo or a sale values go from Sellfire',
    );
  });

  it('hands the choice on', () => {
    const element = show('title');
    const changed = details(element, 'change');
    radios(element)[2]?.click();
    expect(changed).toEqual([{ rule: 'TwoWay' }]);
  });
});
