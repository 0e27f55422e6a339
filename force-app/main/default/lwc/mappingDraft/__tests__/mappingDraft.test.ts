import { FIELDS, LEAD, mapping } from '#components/mappings';
import type { Draft } from 'c/fieldFit';
import {
  differences,
  draftOf,
  isComplete,
  isKept,
  NEW_DRAFT,
  pairProblem,
  previewParameters,
  ruleCards,
  STEPS,
} from 'c/mappingDraft';
import { ruleLabel, RULES } from 'c/mappingRules';

const DRAFT: Draft = draftOf(mapping());
const BESIDE = { mappings: [], createsRecords: true };
const pair = (sellfire: string, salesforce: string) => ({
  sellfire: FIELDS.find(({ name }) => name === sellfire),
  object: LEAD,
  salesforce: LEAD.fields[salesforce],
});

describe('a draft', () => {
  it('has what an admin chooses of a mapping and nothing else', () => {
    expect(Object.keys(DRAFT).sort()).toEqual(Object.keys(NEW_DRAFT).sort());
    expect(DRAFT).toMatchObject({ sellfireField: 'title', salesforceField: 'Title', rule: 'TwoWay' });
  });

  it('goes on from a step only with what the step asks for', () => {
    const complete = (draft: Draft): string[] => STEPS.filter((step) => isComplete(step, draft));
    expect(complete(NEW_DRAFT)).toEqual(['when', 'check']);
    expect(complete({ ...NEW_DRAFT, sellfireField: 'title' })).toEqual(['when', 'check']);
    expect(complete({ ...NEW_DRAFT, sellfireField: 'title', salesforceField: 'Title' })).toEqual([
      'when',
      'what',
      'check',
    ]);
    expect(complete(DRAFT)).toEqual(STEPS);
  });

  it('needs a moment at which it fires, unless it is not to sync', () => {
    expect(isComplete('when', { ...DRAFT, triggers: [] })).toBe(false);
    expect(isComplete('when', { ...DRAFT, triggers: [], rule: 'DoNotSync' })).toBe(true);
  });

  it('is asked about in the words that the bridge reads', () => {
    const { triggers: _, ...chosen } = DRAFT;
    expect(previewParameters({ ...DRAFT, triggers: ['createUpdate', 'demoSet', 'sale'] }, 'a01')).toEqual({
      mapping: 'a01',
      draft: { ...chosen, triggers: ['create/update', 'demo set', 'sale'] },
    });
    expect(previewParameters(DRAFT, undefined)).toMatchObject({ mapping: null });
  });
});

describe('two versions of a mapping', () => {
  it('differ in the rows that an admin has to choose between, and in no others', () => {
    expect(differences(DRAFT, { ...DRAFT })).toEqual([]);
    const mine: Draft = { ...DRAFT, salesforceField: 'Company', rule: 'AlwaysSellfire' };
    expect(differences(DRAFT, mine).map(({ theirs, mine: own }) => [theirs, own])).toEqual([
      ['Lead.Title', 'Lead.Company'],
      [ruleLabel('TwoWay'), ruleLabel('AlwaysSellfire')],
    ]);
  });
});

describe('the cards of the rules', () => {
  it('are about the two chosen fields by their names, and one is chosen', () => {
    const cards = ruleCards(DRAFT, pair('title', 'Title'), BESIDE);
    expect(cards.map(({ rule }) => rule)).toEqual(RULES);
    expect(cards.filter(({ isChecked }) => isChecked).map(({ rule }) => rule)).toEqual(['TwoWay']);
    for (const { sentences } of cards) {
      expect(sentences).not.toHaveLength(0);
      for (const { text } of sentences) expect(text).not.toMatch(/\{\d\}/);
    }
  });

  it('say why a rule cannot be chosen', () => {
    const cards = ruleCards(DRAFT, pair('title', 'CreatedDate'), BESIDE);
    const disabled = cards.filter(({ isDisabled }) => isDisabled);
    expect(disabled.map(({ rule }) => rule)).toEqual(['AlwaysSellfire']);
    for (const card of cards) expect(card.reason !== '').toBe(card.isDisabled);
    expect(cards.find(({ rule }) => rule === 'DoNotSync')?.isDisabled).toBe(false);
  });

  it('say of a demo or a sale that it goes out only', () => {
    const twoWay = (draft: Draft) =>
      ruleCards(draft, pair('title', 'Title'), BESIDE).find(({ rule }) => rule === 'TwoWay')?.sentences.length ?? 0;
    expect(twoWay({ ...DRAFT, triggers: ['createUpdate', 'sale'] })).toBe(twoWay(DRAFT) + 1);
  });
});

describe('a pair of fields', () => {
  it('stands as soon as one rule carries something between them', () => {
    expect(pairProblem(DRAFT, pair('title', 'Title'))).toBeUndefined();
    // Read-only in Sellfire: it can still go out.
    expect(
      pairProblem({ ...DRAFT, sellfireField: 'sales_cycle' }, pair('sales_cycle', 'NumberOfEmployees')),
    ).toBeUndefined();
  });

  it('has a reason where no rule carries anything', () => {
    const draft: Draft = { ...DRAFT, salesforceField: 'Location__c' };
    expect(pairProblem(draft, pair('title', 'Location__c'))).toBeDefined();
  });

  it('never joins what the integration knows its records by, with a namespace or without', () => {
    for (const name of ['Sellfire_Lead_Id__c', 'sellfire__Sellfire_Lead_Id__c', 'Sellfire_Opportunity_Key__c'])
      expect(isKept(name)).toBe(true);
    for (const name of ['Title', 'My_Sellfire_Lead_Id__c', 'Sellfire_Lead_Id_2__c']) expect(isKept(name)).toBe(false);
  });
});
