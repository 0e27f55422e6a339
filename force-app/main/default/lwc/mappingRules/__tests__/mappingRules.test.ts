import { directionOf, ruleLabel, RULES, toRule, triggerLabel, TRIGGERS, triggersText } from 'c/mappingRules';
import { SYNC_RULES, TRIGGERS as BRIDGE_TRIGGERS } from '../../../../../../bridge/model/mapping.ts';

describe('the sync rules', () => {
  it('are those of the bridge, and each has a name of its own', () => {
    expect([...RULES].sort()).toEqual([...SYNC_RULES].sort());
    expect(new Set(RULES.map(ruleLabel)).size).toBe(RULES.length);
  });

  it('are read from the picklist, and a value that is none is no rule', () => {
    for (const rule of RULES) expect(toRule(rule)).toBe(rule);
    for (const other of ['', 'twoway', 'Sometimes', undefined, null, 7]) expect(toRule(other)).toBe('');
    expect(ruleLabel('')).not.toBe('');
  });

  it('carry values in directions that no two share, and a mapping without a rule carries none', () => {
    const directions = RULES.map(directionOf);
    expect(new Set(directions.map(({ icon }) => icon)).size).toBe(RULES.length);
    expect(new Set(directions.map(({ words }) => words)).size).toBe(RULES.length);
    expect(directionOf('')).toEqual(directionOf('DoNotSync'));
  });
});

describe('the moments at which a mapping fires', () => {
  it('are those of the bridge, and each has a name', () => {
    expect([...TRIGGERS].sort()).toEqual([...BRIDGE_TRIGGERS].sort());
    expect(new Set(TRIGGERS.map(triggerLabel)).size).toBe(TRIGGERS.length);
  });

  it('are listed in the order in which they happen to a lead, whatever order they were chosen in', () => {
    expect(triggersText(['sale', 'createUpdate'])).toBe(`${triggerLabel('createUpdate')}, ${triggerLabel('sale')}`);
  });

  it('are said to be none where none is chosen', () => {
    expect(triggersText([])).not.toBe('');
    expect(TRIGGERS.map(triggerLabel)).not.toContain(triggersText([]));
  });
});
