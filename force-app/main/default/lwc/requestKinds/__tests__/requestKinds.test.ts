import { beginningOf } from 'c/format';
import { isAnswered, kindOf, KINDS, parametersOf, type RequestKind } from 'c/requestKinds';

const kind = (type: string): RequestKind => kindOf(type) as RequestKind;
const DAY = '2026-11-01';
const MOMENT = beginningOf(DAY);

describe('what the bridge is asked', () => {
  it.each([
    ['LinkExisting', {}, { preview: true }, {}],
    ['Import', {}, { preview: true }, {}],
    [
      'Import',
      { objects: ['Lead'], since: DAY, owner: '005000000000001AAA' },
      { objects: ['Lead'], createdSince: MOMENT, owner: '005000000000001AAA', preview: true },
      { objects: ['Lead'], createdSince: MOMENT, owner: '005000000000001AAA' },
    ],
    [
      'ExportSales',
      { since: '2026-11-01', until: '2026-11-30' },
      { since: '2026-11-01', until: '2026-11-30', preview: true },
      { since: '2026-11-01', until: '2026-11-30' },
    ],
    ['Reconcile', { since: DAY }, { since: MOMENT, dryRun: true }, { since: MOMENT }],
    // Every pair, whenever it changed.
    ['Reconcile', { since: DAY, all: true }, { all: true, dryRun: true }, { all: true }],
    ['RefreshCatalogue', {}, {}, {}],
  ])('%s with %j is counted with %j and begun with %j', (type, answers, counted, begun) => {
    expect(parametersOf(kind(type), answers, true)).toEqual(counted);
    expect(parametersOf(kind(type), answers, false)).toEqual(begun);
  });

  it('is nothing without an object, or where a period ends before it begins', () => {
    expect(isAnswered(kind('Import'), {})).toBe(true);
    expect(isAnswered(kind('Import'), { objects: [] })).toBe(false);
    expect(isAnswered(kind('ExportSales'), { since: '2026-11-30', until: '2026-11-01' })).toBe(false);
    expect(isAnswered(kind('ExportSales'), { since: '2026-11-01', until: '2026-11-01' })).toBe(true);
  });

  it('is said in words for each kind', () => {
    for (const { title, help } of KINDS) {
      expect(title).not.toMatch(/^c\./);
      expect(help).not.toMatch(/^c\./);
    }
    expect(kindOf('Start')).toBeUndefined();
  });
});
