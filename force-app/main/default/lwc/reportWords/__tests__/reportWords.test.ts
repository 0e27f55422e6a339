import { EVENTS } from '../../../../../../bridge/model/report.ts';
import { directionWord, eventWord, outcomeWord } from 'c/reportWords';

describe('the words of a report', () => {
  it('are there for every event of the bridge', () => {
    const same = EVENTS.filter((event) => eventWord(event) === event);
    // These are words already.
    expect(same).toEqual(['Sale', 'Activity', 'Configuration', 'Connection']);
  });

  it('leave what this version does not know as it is', () => {
    expect([eventWord('New'), directionWord('Aside'), outcomeWord('Odd')]).toEqual(['New', 'Aside', 'Odd']);
    expect([directionWord('ToSellfire'), outcomeWord('Refused')]).toEqual(['Salesforce to Sellfire', 'Refused']);
  });
});
