import { detailAnswer, REPORT } from '#components/reports';
import { changesOf } from '../detail';

describe('what a report says was written', () => {
  it('are the changes field by field, and none where there is no list', () => {
    expect(changesOf(detailAnswer(REPORT, [{ field: 'City', after: 'Dallas' }]))).toEqual([
      { field: 'City', before: undefined, after: 'Dallas' },
    ]);
    expect(changesOf(detailAnswer(REPORT, 'x'))).toEqual([]);
  });
});
