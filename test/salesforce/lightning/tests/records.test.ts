// The records that a page knows: one of each, whoever shows it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectTo } from '../client/http.ts';
import {
  createRecordInputFilteredByEditedFields,
  deleteRecord,
  generateRecordInputForUpdate,
  getFieldDisplayValue,
  getFieldValue,
  getRecord,
  getRecords,
  notifyRecordUpdateAvailable,
  store,
  updateRecord,
  type RecordRepresentation,
} from '../client/records.ts';

type Emitted = { data: RecordRepresentation | undefined; error: unknown };

/** A record of an org, as the UI API shows it with the fields that are asked for. */
class Server {
  values: Record<string, string | null> = { Title: 'Owner', LastName: 'Baker', OwnerId: '005000000000001AAA' };
  asked: string[] = [];
  status = 200;

  answer = (url: string, init: RequestInit): Promise<Response> => {
    this.asked.push(`${init.method ?? ''} ${decodeURIComponent(url)}`);
    if (this.status !== 200)
      return Promise.resolve(Response.json([{ errorCode: 'NOT_FOUND', message: 'gone' }], { status: this.status }));
    if (init.method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
    if (init.method === 'PATCH')
      Object.assign(this.values, (JSON.parse(String(init.body)) as { fields: object }).fields);
    const query = new URL(url, 'http://org').searchParams;
    const names = (query.get('fields') ?? query.get('optionalFields') ?? 'Lead.Title,Lead.LastName').split(',');
    return Promise.resolve(Response.json(this.record(names)));
  };

  record(names: readonly string[], id = '00Q000000000001AAA'): unknown {
    const fields: Record<string, unknown> = {};
    for (const name of names.map((one) => one.split('.').slice(1))) {
      const [field = '', inner] = name;
      const owner = {
        id: '005000000000001AAA',
        apiName: 'User',
        fields: { Name: { value: 'Ada', displayValue: null } },
      };
      if (inner !== undefined) fields[field] = { displayValue: 'Ada', value: owner };
      else if (field in this.values) fields[field] = { value: this.values[field], displayValue: null };
    }
    return { apiName: 'Lead', id, fields, childRelationships: {}, systemModstamp: String(this.asked.length) };
  }
}

let server: Server;
let stops: (() => void)[] = [];
const ID = '00Q000000000001AAA';

beforeEach(() => {
  server = new Server();
  connectTo({ fetch: server.answer, base: '' });
  store.remove(ID);
});
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

/** What a component gets through the wire. */
function wire(config: object): Emitted[] {
  const emitted: Emitted[] = [];
  const adapter = new getRecord((value) => emitted.push(value as Emitted));
  adapter.update(config);
  adapter.connect();
  stops.push(() => adapter.disconnect());
  return emitted;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the wire getRecord', () => {
  it('emits nothing at first, and then the record', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    expect(emitted).toEqual([{ data: undefined, error: undefined }]);
    await settled();
    expect(getFieldValue(emitted.at(-1)?.data, 'Lead.Title')).toBe('Owner');
  });

  it('waits for an id and for fields', async () => {
    wire({ recordId: undefined, fields: ['Lead.Title'] });
    wire({ recordId: ID });
    await settled();
    expect(server.asked).toEqual([]);
  });

  it('takes fields as texts and as imports of the schema', async () => {
    const emitted = wire({ recordId: ID, fields: [{ objectApiName: 'Lead', fieldApiName: 'Title' }] });
    await settled();
    expect(getFieldValue(emitted.at(-1)?.data, { objectApiName: 'Lead', fieldApiName: 'Title' })).toBe('Owner');
  });

  it('asks once for two components that show the same', async () => {
    wire({ recordId: ID, fields: ['Lead.Title'] });
    wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    expect(server.asked).toHaveLength(1);
  });

  it('asks for an optional field that was never asked for, though the record is known', async () => {
    wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    const emitted = wire({ recordId: ID, optionalFields: ['Lead.LastName'] });
    await settled();
    expect(getFieldValue(emitted.at(-1)?.data, 'Lead.LastName')).toBe('Baker');
  });

  it('emits what updateRecord wrote, also to who shows it elsewhere', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    await updateRecord({ fields: { Id: ID, Title: 'Manager' } });
    expect(getFieldValue(emitted.at(-1)?.data, 'Lead.Title')).toBe('Manager');
    expect(server.asked.filter((line) => line.startsWith('GET'))).toHaveLength(1);
  });

  it('reads the parent again when another record is the parent', async () => {
    wire({ recordId: ID, fields: ['Lead.OwnerId', 'Lead.Owner.Name'] });
    await settled();
    store.ingestFields([
      { id: ID, apiName: 'Lead', fields: { OwnerId: { value: '005000000000002AAA', displayValue: null } } },
    ]);
    await settled();
    expect(server.asked).toHaveLength(2);
  });

  it('emits what changed elsewhere after notifyRecordUpdateAvailable', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    server.values['Title'] = 'Director';
    await notifyRecordUpdateAvailable([{ recordId: ID }]);
    expect(getFieldValue(emitted.at(-1)?.data, 'Lead.Title')).toBe('Director');
  });

  it('emits the error of a record that is gone', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    await deleteRecord(ID);
    server.status = 404;
    await notifyRecordUpdateAvailable([{ recordId: ID }]);
    expect(emitted.at(-1)).toMatchObject({
      data: undefined,
      error: { status: 404, body: [{ errorCode: 'NOT_FOUND' }] },
    });
  });

  it('hands out what nobody can change', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    const data = emitted.at(-1)?.data as RecordRepresentation;
    expect(() => (data.fields['Title'] = { value: 'x' })).toThrow(TypeError);
  });

  it('says no more to a component that has left the page', async () => {
    const emitted = wire({ recordId: ID, fields: ['Lead.Title'] });
    await settled();
    const before = emitted.length;
    stops[0]?.();
    await updateRecord({ fields: { Id: ID, Title: 'Manager' } });
    expect(emitted).toHaveLength(before);
  });
});

describe('functions on records', () => {
  const record = (): RecordRepresentation => server.record(['Lead.Title', 'Lead.Owner.Name']) as RecordRepresentation;

  it('read values of fields and of parents', () => {
    expect(getFieldValue(record(), 'Lead.Owner.Name')).toBe('Ada');
    expect(getFieldDisplayValue(record(), 'Lead.Owner')).toBe('Ada');
    expect(getFieldValue(record(), 'Lead.City')).toBeUndefined();
  });

  it('make inputs of what can be written, and of what was changed', () => {
    const writable = { createable: true, updateable: true };
    const input = generateRecordInputForUpdate(record(), { fields: { Title: writable } });
    expect(input).toEqual({ apiName: 'Lead', fields: { Id: ID, Title: 'Owner' } });
    const edited = { ...input, fields: { ...input.fields, Title: 'Manager' } };
    expect(createRecordInputFilteredByEditedFields(edited, record()).fields).toMatchObject({ Title: 'Manager' });
  });

  it('refuse an update without an id', async () => {
    await expect(updateRecord({ fields: { Title: 'x' } })).rejects.toThrow(/Id/);
  });

  it('give several records together, each with its own outcome', async () => {
    const emitted: { data?: { results: { statusCode: number }[] } }[] = [];
    const adapter = new getRecords((value) => emitted.push(value as (typeof emitted)[number]));
    adapter.update({ records: [{ recordIds: [ID], fields: ['Lead.Title'] }] });
    adapter.connect();
    await settled();
    adapter.disconnect();
    expect(emitted.at(-1)?.data?.results).toMatchObject([{ statusCode: 200, result: { id: ID } }]);
  });
});
