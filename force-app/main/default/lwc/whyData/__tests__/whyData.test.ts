import { DIFFERING, STOPPED } from '#components/why';
import { explainedOf } from 'c/whyData';

describe('the data of an answer', () => {
  it('are read with where each mend is', () => {
    const mends = [
      { page: 'settings' },
      { record: '00Q1' },
      { syncNow: '00Q2' },
      { report: 'a0R1' },
      { lead: 'lead_1' },
      { page: 'x' },
      null,
    ];
    const gates = mends.map((mend, index) => ({ gate: `g${index}`, state: 'stop', mend }));
    expect(explainedOf({ ...STOPPED, gates })?.gates.map(({ mend }) => mend)).toEqual([
      { kind: 'settings' },
      { kind: 'record', id: '00Q1' },
      { kind: 'record', id: '00Q2' },
      { kind: 'report', id: 'a0R1' },
      { kind: 'lead', id: 'lead_1' },
      undefined,
      undefined,
    ]);
    expect(explainedOf(DIFFERING)).toMatchObject({
      leadId: 'lead_1',
      more: 3,
      gates: [{ at: '2026-03-02T12:00:00.000Z' }, {}],
    });
  });

  it.each([[undefined], [null], ['text'], [{}], [{ gates: 'x' }], [{ gates: [] }]])('are none of %j', (data) => {
    expect(explainedOf(data)).toBeUndefined();
  });

  it('are whole whatever is missing of them', () => {
    expect(explainedOf({ gates: [{ state: 'maybe', at: 'soon' }] })).toEqual({
      answer: { code: '', args: [], sentence: '' },
      recordId: '',
      leadId: '',
      sellfireUrl: '',
      gates: [
        { gate: '', state: 'skip', message: { code: '', args: [], sentence: '' }, mend: undefined, at: undefined },
      ],
      differing: [],
      more: 0,
      now: [],
      writes: [],
    });
  });
});
