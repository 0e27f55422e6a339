// Who may hold a phone number, by SOQL; the core decides who does.
import { afterEach, describe, expect, it } from '@jest/globals';
import { packageNames } from '../../../../bridge/model/salesforce.ts';
import { createPhones, phoneQueries } from '../../../../bridge/salesforce/lookups/phones.ts';
import { createRest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Rest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { identifier, inList, text } from '../../../../bridge/salesforce/api/soql.ts';
import { rowsAnswer, startFakeApi } from '../fakeApi.ts';
import type { FakeAnswer, FakeApi } from '../fakeApi.ts';

const names = packageNames('sellfire__');
const jsonOf = (answer: FakeAnswer): unknown => (answer === 'cut' ? undefined : answer.json);
let api: FakeApi | undefined;
let rest: Rest | undefined;
afterEach(async () => {
  await rest?.close();
  await api?.close();
});

describe('the look-up by phone', () => {
  it('finds a number in any format, and gives each number what may hold it, with all that the verdict needs', async () => {
    const leads = [
      { Id: '00Q1', Name: 'A', Phone: '(415) 555-0132', MobilePhone: null, sellfire__Sellfire_Lead_Id__c: 'L1' },
      {
        Id: '00Q2',
        Name: 'B',
        Phone: '+1 415.555.0132 ext. 7',
        MobilePhone: null,
        sellfire__Sellfire_Lead_Id__c: null,
      },
      {
        Id: '00Q3',
        Name: 'C',
        Phone: 'none',
        MobilePhone: '415/555 0132',
        Country: 'United States',
        sellfire__Sellfire_Lead_Id__c: null,
      },
      { Id: '00Q4', Name: 'D', Phone: '415-9555-0132', MobilePhone: null, sellfire__Sellfire_Lead_Id__c: null },
      { Id: '00Q5', Name: 'F', Phone: '(303) 555-0199', MobilePhone: null, sellfire__Sellfire_Lead_Id__c: null },
    ];
    const contacts = [{ Id: '0031', Name: 'E', Phone: '2125550199', sellfire__Sellfire_Lead_Id__c: null }];
    api = await startFakeApi(({ body }) => {
      const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string }[] };
      const pages = compositeRequest.map(({ url }) =>
        rowsAnswer(decodeURIComponent(url).includes('FROM Lead') ? leads : contacts),
      );
      return { json: { compositeResponse: pages.map((page) => ({ httpStatusCode: 200, body: jsonOf(page) })) } };
    });
    const { url } = api;
    const token = async () => ({ accessToken: 't', instanceUrl: url, orgId: '', userId: '' });
    rest = createRest({ session: { token } as Session });
    const phones = createPhones(rest, names);
    const fields = {
      Lead: { phones: ['Phone', 'MobilePhone'], countries: ['Country'] },
      Contact: { phones: ['Phone'], countries: [] },
    };
    const [one, two] = await Promise.all([
      phones.find(['+14155550132', '+13035550100'], fields),
      phones.find(['+12125550199'], fields),
    ]);
    expect(one.get('+14155550132')).toEqual([
      { object: 'Lead', id: '00Q1', name: 'A', leadId: 'L1', phones: { Phone: '(415) 555-0132' }, country: null },
      {
        object: 'Lead',
        id: '00Q2',
        name: 'B',
        leadId: null,
        phones: { Phone: '+1 415.555.0132 ext. 7' },
        country: null,
      },
      {
        object: 'Lead',
        id: '00Q3',
        name: 'C',
        leadId: null,
        phones: { Phone: 'none', MobilePhone: '415/555 0132' },
        country: 'US',
      },
      { object: 'Lead', id: '00Q4', name: 'D', leadId: null, phones: { Phone: '415-9555-0132' }, country: null },
    ]);
    expect(one.get('+13035550100')).toEqual([]);
    expect(two.get('+12125550199')?.map(({ id }) => id)).toEqual(['0031']);
    // The queries of both objects are one API call.
    expect(api.requests).toHaveLength(1);
  });

  it('leaves converted leads out and looks for the digits in their order, or letters on their keys', () => {
    expect(phoneQueries('Lead', names, ['+14155550132'], { phones: ['Phone'], countries: ['Country'] })).toEqual([
      "SELECT Id, Name, sellfire__Sellfire_Lead_Id__c, Phone, Country FROM Lead WHERE IsConverted = false AND ((Phone LIKE '%4%1%5%5%5%5%0%1%3%2%' OR Phone LIKE '%4%1%5%a' OR Phone LIKE '%4%1%5%b' OR Phone LIKE '%4%1%5%c'))",
    ]);
  });

  it('no query is longer than a URI may be, and none is lost between two', () => {
    const phones = Array.from({ length: 500 }, (_, n) => `+1415555${String(n).padStart(4, '0')}`);
    const queries = phoneQueries('Contact', names, phones, { phones: ['Phone', 'MobilePhone'], countries: [] });
    for (const soql of queries) expect(encodeURIComponent(soql).length).toBeLessThanOrEqual(12_000);
    expect(queries.join().split('(Phone LIKE ').length - 1).toBe(500);
    expect(queries.join().split('(MobilePhone LIKE ').length - 1).toBe(500);
  });
});

describe('SOQL', () => {
  it('no value breaks out of its quotes', () => {
    expect(text("O'Brien \\' OR Name != '")).toBe("'O\\'Brien \\\\\\' OR Name != \\''");
    expect(text('a\nb')).toBe("'a\\nb'");
  });

  it('names each value of a list once, in its quotes', () => {
    expect(inList(['a', "b') OR (Name != '", 'a'])).toBe("('a', 'b\\') OR (Name != \\'')");
  });

  it('no name carries anything but a name', () => {
    expect(identifier('Account.sellfire__X__c')).toBe('Account.sellfire__X__c');
    for (const name of ['Id, Name', "x'", 'a b', '', '1a', 'a..b', 'a.'])
      expect(() => identifier(name)).toThrow('not an API name');
  });
});
