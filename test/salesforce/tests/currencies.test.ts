// An org with one currency, and one with several.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { customObject, deploy } from './packages.ts';

let running: RunningOrg;
let send: Send;

beforeAll(async () => {
  running = await startOrg();
  send = await signIn(running);
});
afterAll(() => running.close());

const create = async (object: string, fields: Row): Promise<string> => {
  const { body } = await send('POST', `${DATA}/sobjects/${object}`, fields);
  return (body as { id?: string }).id ?? JSON.stringify(body);
};
const userInfo = async (): Promise<string> => {
  const token = running.org.sessions.open(running.users.admin.id, 'test').token;
  const header = `<h:SessionHeader xmlns:h="urn:partner.soap.sforce.com"><h:sessionId>${token}</h:sessionId></h:SessionHeader>`;
  const response = await fetch(`${running.restUrl}/services/Soap/u/67.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${header}</e:Header><e:Body><getUserInfo xmlns="urn:partner.soap.sforce.com"/></e:Body></e:Envelope>`,
  });
  return response.text();
};
const bookId = async (): Promise<string> => {
  const soql = encodeURIComponent('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const { body } = await send('GET', `${DATA}/query?q=${soql}`);
  return (body as { records: { Id: string }[] }).records[0]?.Id ?? '';
};

describe('an org with one currency', () => {
  it('has no field for it, and names it in getUserInfo alone', async () => {
    running.org.currencies.setOnly('EUR');
    const { body } = await send('GET', `${DATA}/sobjects/Opportunity/describe`);
    expect((body as { fields: { name: string }[] }).fields.map(({ name }) => name)).not.toContain('CurrencyIsoCode');
    const answer = await send('GET', `${DATA}/query?q=${encodeURIComponent('SELECT IsoCode FROM CurrencyType')}`);
    expect(answer.body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect(await userInfo()).toContain('<orgDefaultCurrencyIsoCode>EUR</orgDefaultCurrencyIsoCode>');
    running.org.currencies.setOnly('USD');
  });
});

describe('an org with several currencies', () => {
  let before: string;
  beforeAll(async () => {
    before = await create('Account', { Name: 'Before' });
    running.org.currencies.useSeveral(['USD', 'EUR'], ['GBP']);
  });

  it('lists them, and has what was there before in the corporate one', async () => {
    const soql = 'SELECT IsoCode, IsActive, IsCorporate FROM CurrencyType ORDER BY IsoCode';
    expect((await send('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`)).body).toMatchObject({
      records: [
        { IsoCode: 'EUR', IsActive: true, IsCorporate: false },
        { IsoCode: 'GBP', IsActive: false },
        { IsoCode: 'USD', IsActive: true, IsCorporate: true },
      ],
    });
    expect(running.org.get('Account', before)).toMatchObject({ CurrencyIsoCode: 'USD' });
    expect(await userInfo()).toContain('<organizationMultiCurrency>true</organizationMultiCurrency>');
  });

  it('takes the corporate one where a record names none, and refuses one that is not active', async () => {
    expect(running.org.get('Account', await create('Account', { Name: 'a' }))).toMatchObject({
      CurrencyIsoCode: 'USD',
    });
    expect(await create('Account', { Name: 'b', CurrencyIsoCode: 'GBP' })).toContain(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
    expect(await create('Account', { Name: 'c', CurrencyIsoCode: 'XXX' })).toContain(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });

  it('has a price of a product in each, and a line item only in that of its opportunity', async () => {
    const product = await create('Product2', { Name: 'Pro', IsActive: true });
    const book = await bookId();
    const price = { Product2Id: product, Pricebook2Id: book, UnitPrice: 5, IsActive: true };
    const dollars = await create('PricebookEntry', price);
    const euros = await create('PricebookEntry', { ...price, CurrencyIsoCode: 'EUR' });
    expect(await create('PricebookEntry', { ...price, CurrencyIsoCode: 'EUR' })).toContain('DUPLICATE_VALUE');
    const opportunity = await create('Opportunity', {
      ...{ Name: 'o', StageName: 'Prospecting', CloseDate: '2026-12-01', CurrencyIsoCode: 'EUR', Pricebook2Id: book },
    });
    const line = { OpportunityId: opportunity, Quantity: 1, UnitPrice: 5 };
    expect(await create('OpportunityLineItem', { ...line, PricebookEntryId: dollars })).toContain('currency code');
    const id = await create('OpportunityLineItem', { ...line, PricebookEntryId: euros });
    expect(running.org.get('OpportunityLineItem', id)).toMatchObject({ CurrencyIsoCode: 'EUR' });
    const change = await send('PATCH', `${DATA}/sobjects/Opportunity/${opportunity}`, { CurrencyIsoCode: 'USD' });
    expect(change.body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['CurrencyIsoCode'] }]);
  });

  it('has the field on custom objects too, those that are made later included', async () => {
    await deploy(running.org, { 'objects/Thing__c.object': customObject('') });
    const id = await create('Thing__c', { Name: 't', CurrencyIsoCode: 'EUR' });
    expect(running.org.get('Thing__c', id)).toMatchObject({ CurrencyIsoCode: 'EUR' });
  });
});
