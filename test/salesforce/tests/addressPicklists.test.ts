// State and country picklists: a code and its text follow each other, and an address that is none is refused.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COUNTRIES } from '../addressPicklists.ts';
import { changeEventSchema } from '../pubsub/schemas.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';

let running: RunningOrg;
let send: Send;

beforeAll(async () => {
  running = await startOrg();
  running.org.addresses.use(COUNTRIES);
  send = await signIn(running);
});
afterAll(() => running.close());

const lead = { LastName: 'Reed', Company: 'Reed Hall' };
const post = (fields: object): ReturnType<Send> => send('POST', `${DATA}/sobjects/Lead`, { ...lead, ...fields });
async function made(fields: object): Promise<string> {
  const { status, body } = await post(fields);
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}
const address = (id: string): unknown[] => {
  const row = running.org.get('Lead', id) ?? {};
  return ['State', 'StateCode', 'Country', 'CountryCode'].map((name) => row[name]);
};
const patch = (id: string, fields: object): ReturnType<Send> => send('PATCH', `${DATA}/sobjects/Lead/${id}`, fields);
const TEXAS = ['Texas', 'TX', 'United States', 'US'];
const refused = (message: string, field: string): object => [
  { errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: expect.stringContaining(message) as unknown, fields: [field] },
];

describe('the code of a state or a country', () => {
  it('follows the integration value, and the integration value the code', async () => {
    const byText = await made({ State: 'texas', Country: 'United States' });
    expect(address(byText)).toEqual(TEXAS);
    const byCode = await made({ StateCode: 'TX', CountryCode: 'us' });
    expect(address(byCode)).toEqual(TEXAS);
    await patch(byCode, { State: 'Utah' });
    expect(address(byCode)).toEqual(['Utah', 'UT', 'United States', 'US']);
    await patch(byCode, { StateCode: 'WA' });
    expect(address(byCode)).toEqual(['Washington', 'WA', 'United States', 'US']);
    expect(address(await made({ StateCode: 'WA', CountryCode: 'AU' }))).toEqual([
      ...['Western Australia', 'WA', 'Australia', 'AU'],
    ]);
  });

  it('is what counts where a new record has both and they differ, and both must agree afterwards', async () => {
    const id = await made({ State: 'Utah', StateCode: 'TX', CountryCode: 'US' });
    expect(address(id)).toEqual(TEXAS);
    const { body } = await patch(id, { State: 'Utah', StateCode: 'WA' });
    expect(body).toMatchObject(refused('problem with this state', 'State'));
  });

  it('takes the state with it where the country is removed', async () => {
    const id = await made({ StateCode: 'TX', CountryCode: 'US' });
    await patch(id, { CountryCode: null });
    expect(address(id)).toEqual([null, null, null, null]);
  });

  it('is described as a dependent picklist whose labels are the names, and is a part of the address', async () => {
    const { body } = await send('GET', `${DATA}/sobjects/Contact/describe`);
    const { fields } = body as { fields: { name: string; picklistValues: { value: string; validFor: string }[] }[] };
    const state = fields.find(({ name }) => name === 'MailingStateCode');
    expect(state).toMatchObject({
      ...{ type: 'picklist', dependentPicklist: true, controllerName: 'MailingCountryCode' },
      compoundFieldName: 'MailingAddress',
    });
    // AU, CA, DE, GB, US: the highest bit is the first country.
    const bits = state?.picklistValues.filter(({ value }) => value === 'WA').map(({ validFor }) => validFor);
    expect(bits).toEqual([Buffer.from([0b10000000]), Buffer.from([0b00001000])].map((one) => one.toString('base64')));
    expect(changeEventSchema(running.org.schema.object('Lead')).sources).toEqual(
      expect.arrayContaining(['StateCode', 'CountryCode']),
    );
  });
});

describe('an address that is none', () => {
  it.each([
    [
      'a code in the place of an integration value',
      { State: 'TX', Country: 'United States' },
      'problem with this state',
      'State',
    ],
    ['a state without a country', { State: 'Texas' }, 'A country/territory must be specified', 'State'],
    ['a state of another country', { StateCode: 'TX', CountryCode: 'CA' }, "doesn't recognize the state", 'StateCode'],
    [
      'a state of a country without states',
      { State: 'Kent', Country: 'United Kingdom' },
      'problem with this state',
      'State',
    ],
    ['a country that is not in the list', { Country: 'USA' }, 'problem with this country', 'Country'],
    ['a code that is not in the list', { StateCode: 'ZZ', CountryCode: 'US' }, "isn't an available state", 'StateCode'],
  ])('is refused: %s', async (_what, fields, message, field) => {
    expect((await post(fields)).body).toMatchObject(refused(message, field));
  });

  it('is refused where the country of a record changes and its state is not of it', async () => {
    const id = await made({ StateCode: 'TX', CountryCode: 'US' });
    expect((await patch(id, { CountryCode: 'CA' })).body).toMatchObject(refused("doesn't recognize", 'StateCode'));
    expect(address(id)).toEqual(TEXAS);
  });
});
