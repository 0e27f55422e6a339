import { details } from '#components/mappings';
import { mount, settled } from '#components/mount';
import { CAUSES, causesAnswer, REPORT, reportsAnswer } from '#components/reports';
import { graphqlWire } from '#components/wires';
import ReportSource, { type ReportSources } from 'c/reportSource';
import { isRevisit } from 'c/revisit';
import { graphql } from 'lightning/graphql';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

const wire = graphqlWire(graphql);
const of = (name: string) => (config: unknown) => String((config as { query?: string }).query).includes(name);

interface Refreshers {
  causes: jest.Mock<Promise<void>, []>;
  reports: jest.Mock<Promise<void>, []>;
}
const refreshers = (): Refreshers => ({
  causes: jest.fn<Promise<void>, []>().mockResolvedValue(undefined),
  reports: jest.fn<Promise<void>, []>().mockResolvedValue(undefined),
});

async function show(): Promise<{ element: HTMLElement & { refresh: () => void }; read: ReportSources[] }> {
  const element = mount('c-report-source', ReportSource, { filter: { code: 'A' }, places: [] });
  const read = details<ReportSources>(element, 'read');
  await settled();
  return { element: element as HTMLElement & { refresh: () => void }, read };
}

function answer({ causes, reports }: Refreshers): void {
  wire.emit(causesAnswer(CAUSES), of('sellfireCauses'), causes);
  wire.emit(reportsAnswer([REPORT], 9), of('sellfireReports'), reports);
}

describe('reading integration reports', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('says each part as soon as it is there, and keeps it when a later reading fails', async () => {
    const { read } = await show();
    wire.emit(causesAnswer(CAUSES), of('sellfireCauses'));
    expect(read.at(-1)).toMatchObject({ causes: { length: 3 }, reports: undefined });
    wire.emit(reportsAnswer([REPORT], 9), of('sellfireReports'));
    expect(read.at(-1)).toMatchObject({ causes: { length: 3 }, reports: [REPORT], total: 9, error: undefined });
    wire.emitErrors([{ message: 'x' }]);
    expect(read.at(-1)).toMatchObject({ reports: [REPORT], error: { kind: 'unknown' } });
    answer(refreshers());
    expect(read.at(-1)?.error).toBeUndefined();
  });

  it('looks for new reports by itself, until it is gone', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    await show();
    const refresh = refreshers();
    answer(refresh);
    jest.advanceTimersByTime(30_000);
    expect([refresh.causes, refresh.reports].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    document.body.replaceChildren();
    jest.advanceTimersByTime(60_000);
    expect(refresh.reports).toHaveBeenCalledTimes(1);
  });

  it('reads both anew for whoever comes back, each once', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    await show();
    const refresh = refreshers();
    answer(refresh);
    answer(refresh);
    expect([refresh.causes, refresh.reports].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('says what goes wrong when it reads anew, and reads the other part all the same', async () => {
    const { element, read } = await show();
    const refresh = refreshers();
    refresh.causes.mockRejectedValue(new Error('offline'));
    answer(refresh);
    element.refresh();
    await settled();
    expect(refresh.reports).toHaveBeenCalledTimes(1);
    expect(read.at(-1)).toMatchObject({ causes: { length: 3 }, error: { kind: expect.any(String) } });
  });
});
