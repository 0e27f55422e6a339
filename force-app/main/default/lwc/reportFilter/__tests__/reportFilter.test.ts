import { repushSchema } from '../../../../../../bridge/requests/repushSchema.ts';
import {
  changed,
  conditionsOf,
  filterOf,
  NEEDS,
  NO_CODE,
  parametersOf,
  stateOf,
  type ReportFilter,
} from 'c/reportFilter';

const ALL: ReportFilter = {
  outcome: 'Failed,Refused',
  direction: 'ToSalesforce',
  object: 'Lead',
  code: 'STRING_TOO_LONG',
  since: '2026-03-01',
  until: '2026-03-02',
  text: 'Acme "Bakery"',
  request: 'a02000000000001AAA',
};

describe('the filter of reports', () => {
  it('comes back out of the address as it went in', () => {
    expect(filterOf(stateOf(ALL))).toEqual(ALL);
    expect(filterOf(undefined)).toEqual({});
    expect(filterOf({ c__outcome: '', other: 'x' })).toEqual({});
    expect(Object.keys(stateOf({ code: 'A' }))).toEqual(['c__code']);
  });

  it.each(['yesterday', '2026-13-01', '2026-3-1'])('has no day of an address that says %s', (day) => {
    expect(filterOf({ c__since: day, c__until: day, c__code: 'A' })).toEqual({ code: 'A' });
  });

  it('is changed one by one, and a blank takes one out', () => {
    expect(changed({ code: 'A' }, 'outcome', 'Failed')).toEqual({ code: 'A', outcome: 'Failed' });
    expect(changed({ code: 'A', outcome: 'Failed' }, 'code', '')).toEqual({ outcome: 'Failed' });
  });

  it('is no condition where nothing is chosen', () => {
    expect(conditionsOf({})).toEqual([]);
  });

  it('has days as the times at which they begin where the reader is, the last day whole', () => {
    const [since, until] = conditionsOf({ since: '2026-03-01', until: '2026-03-02' });
    // In Los Angeles, eight hours behind, whatever the clock of the browser says.
    expect(since).toContain('gte: { value: "2026-03-01T08:00:00.000Z" }');
    expect(until).toContain('lt: { value: "2026-03-03T08:00:00.000Z" }');
  });

  it('cannot be broken by what is searched for', () => {
    const [condition] = conditionsOf({ text: 'Acme "Bakery" } }' });
    expect(condition).toContain(JSON.stringify('%Acme "Bakery" } }%'));
  });

  it('finds reports without a code', () => {
    expect(conditionsOf({ code: NO_CODE })).toEqual(['{ Code__c: { eq: null } }']);
    expect(parametersOf({ code: NO_CODE })).toMatchObject({ code: '' });
  });

  it.each([
    ['of everything', ALL],
    ['of one cause', { outcome: NEEDS, code: NO_CODE }],
    ['of nothing', {}],
  ])('is a request that the bridge understands: %s', (_what, filter) => {
    expect(repushSchema.safeParse(parametersOf(filter)).error).toBeUndefined();
  });

  it('repushes what failed or was refused where no result is chosen', () => {
    expect(parametersOf({})).toEqual({ outcomes: ['Failed', 'Refused'] });
  });
});
