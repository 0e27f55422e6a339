import { details, mapping } from '#components/mappings';
import { mount, settled } from '#components/mount';
import type { Findings } from 'c/fieldFit';
import { draftOf } from 'c/mappingDraft';
import PreviewRequest, { type Preview, type Previewer } from 'c/previewRequest';
import { createRecord } from 'lightning/uiRecordApi';

type Element = HTMLElement & Previewer & { draft: unknown };

const FINE: Findings = { dead: [], issues: [], warnings: [] };
const DRAFT = draftOf(mapping());

function show(properties: Record<string, unknown> = {}): { element: Element; previews: Preview[] } {
  const element = mount('c-preview-request', PreviewRequest, {
    draft: DRAFT,
    findings: FINE,
    ...properties,
  }) as Element;
  return { element, previews: details<Preview>(element, 'preview') };
}

describe('asking for a preview', () => {
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('is done once for a draft, and anew when it is wanted', async () => {
    const { element, previews } = show({ recordId: 'a01' });
    await element.look();
    await element.look();
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(previews.at(-1)).toEqual({ id: 'a02' });
    await element.again();
    expect(createRecord).toHaveBeenCalledTimes(2);
  });

  it('is not repeated by itself where it could not be asked for', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: [] });
    const { element, previews } = show();
    await element.look();
    await element.look();
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(previews.at(-1)?.error).toMatchObject({ kind: 'limit' });
  });

  it('begins anew with another draft, and drops the answer to the one before', async () => {
    let answer: (record: { id: string }) => void = () => undefined;
    jest
      .mocked(createRecord)
      .mockReturnValueOnce(new Promise((resolve) => (answer = resolve as typeof answer)) as never);
    const { element, previews } = show();
    const asked = element.look();
    element.draft = { ...DRAFT, rule: 'AlwaysSellfire' };
    answer({ id: 'late' });
    await asked;
    await settled();
    expect(previews.at(-1)).toEqual({});
    await element.look();
    expect(previews.at(-1)).toEqual({ id: 'a02' });
  });

  it.each([
    ['a bridge that is silent', { isAway: true }],
    ['a mapping that is off', { draft: { ...DRAFT, rule: 'DoNotSync' } }],
    ['a mapping by which nothing passes', { findings: { ...FINE, dead: [{ code: 'NoTrigger', values: [] }] } }],
  ])('is left out for %s', async (_what, properties) => {
    const { element } = show(properties);
    await element.look();
    await element.again();
    expect(createRecord).not.toHaveBeenCalled();
  });
});
