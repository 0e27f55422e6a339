import { catalogue, catalogueAnswer, details, mapping, mappingsAnswer } from '#components/mappings';
import { mount, settled } from '#components/mount';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import { isRevisit } from 'c/revisit';
import MappingSource, { type Sources } from 'c/mappingSource';
import { graphql } from 'lightning/graphql';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

type Source = HTMLElement & { refresh: () => Promise<void> };

const asksMappings = (config: unknown): boolean => JSON.stringify(config).includes('query FieldMappings');
const asksCatalogue = (config: unknown): boolean => JSON.stringify(config).includes('query MappableFields');

async function show(): Promise<{ element: Source; read: () => Sources | undefined }> {
  const element = mount('c-mapping-source', MappingSource) as Source;
  const seen = details<Sources>(element, 'read');
  await settled();
  return { element, read: () => seen.at(-1) };
}

describe('reading the mappings', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('reports each part as soon as it is there', async () => {
    const { element, read } = await show();
    graphqlWire(graphql).emit(mappingsAnswer([mapping()], 2500), asksMappings);
    expect(read()).toMatchObject({ mappings: [mapping()], total: 2500, catalogue: undefined });
    graphqlWire(graphql).emit(catalogueAnswer(catalogue({ createsRecords: false })), asksCatalogue);
    expect(read()).toMatchObject({
      mappings: [mapping()],
      catalogue: { createsRecords: false, fields: catalogue().fields },
    });
    await expect(element).toBeAccessible();
  });

  it('keeps what was read when a later reading fails, and says what went wrong', async () => {
    const { read } = await show();
    graphqlWire(graphql).emit(mappingsAnswer([mapping()]), asksMappings);
    graphqlWire(graphql).emitErrors([{ message: 'REQUEST_LIMIT_EXCEEDED' }]);
    expect(read()?.mappings).toEqual([mapping()]);
    expect(read()?.error).toBeDefined();
  });

  it('reads both anew, though one of them fails', async () => {
    const refresh = jest.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(undefined);
    const { element } = await show();
    graphqlWire(graphql).emit(mappingsAnswer([]), asksMappings, refresh);
    graphqlWire(graphql).emit(catalogueAnswer(catalogue()), asksCatalogue, refresh);
    await element.refresh();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('looks for the verdict on a mapping that the bridge has not checked yet', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    const refresh = jest.fn().mockResolvedValue(undefined);
    await show();
    graphqlWire(graphql).emit(mappingsAnswer([mapping({ status: '' })]), asksMappings, refresh);
    refresh.mockClear();
    await jest.advanceTimersByTimeAsync(6_500);
    expect(refresh).toHaveBeenCalledTimes(2);
    graphqlWire(graphql).emit(mappingsAnswer([mapping({ status: 'Ok' })]), asksMappings, refresh);
    await jest.advanceTimersByTimeAsync(12_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    jest.useRealTimers();
  });

  it('reads both again for whoever comes back to the page', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    const refresh = jest.fn().mockResolvedValue(undefined);
    await show();
    graphqlWire(graphql).emit(catalogueAnswer(catalogue()), asksCatalogue, refresh);
    graphqlWire(graphql).emit(mappingsAnswer([]), asksMappings, refresh);
    graphqlWire(graphql).emit(mappingsAnswer([]), asksMappings, refresh);
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});
