// What a person pastes into one box is one record, one lead or one number, or is refused in words (B16).
import { describe, expect, it } from '@jest/globals';
import { readSubject } from '../../../bridge/model/subject.ts';

const ID = '00Q5g00000ABCDeEAP';
const PLACES = {
  orgUrl: 'https://acme.my.salesforce.com',
  sellfireUrl: 'https://app.sellfire.example/',
  country: 'US',
};
const read = (text: string): ReturnType<typeof readSubject> => readSubject(text, PLACES);

describe('the subject of a question', () => {
  it.each([
    ['18 characters', ID],
    ['15 characters', ID.slice(0, 15)],
    ['quotes and blanks around it', ` "${ID}"\u200B `],
    ['a page in Lightning', `https://acme.lightning.force.com/lightning/r/Lead/${ID}/view?ws=%2Flightning%2Fr%2F0`],
    ['a page in Classic', `https://acme.my.salesforce.com/${ID.slice(0, 15)}`],
    ['a page without its scheme', `acme.lightning.force.com/lightning/r/Lead/${ID}/view`],
  ])('is a record by %s', (_what, text) => {
    expect(read(text)).toEqual({ kind: 'record', object: 'Lead', id: ID });
  });

  it.each([
    ['its id', 'lead_7f3a00001'],
    ['a page of Sellfire', 'https://app.sellfire.example/leads/lead_7f3a00001?tab=calls'],
    ['a page of Sellfire behind a hash', 'https://app.sellfire.example/#/leads/lead_7f3a00001'],
  ])('is a lead by %s', (_what, text) => {
    expect(read(text)).toEqual({ kind: 'lead', id: 'lead_7f3a00001', other: false });
  });

  it('is a lead by an id of digits that could be a number only where a lead has it', () => {
    expect(read('5125550123')).toEqual({ kind: 'phone', number: '+15125550123', leadId: '5125550123' });
    expect(read('lead_5125550123')).toMatchObject({ kind: 'lead' });
  });

  it.each([
    ['(512) 555-0123', null],
    ['+1 512 555 0123', null],
    ['512-555-0123', '512-555-0123'],
    ['1 (512) 555-0123 ext. 7', null],
  ])('is a number, however it is written: %s', (text, leadId) => {
    expect(read(text)).toEqual({ kind: 'phone', number: '+15125550123', leadId });
  });

  it.each([
    ['nothing', ' \u200B', 'whyBlank'],
    ['words', 'why is it not there?', 'whyUnreadable'],
    ['markup', '<script>alert(1)</script>', 'whyUnreadable'],
    ['a placeholder', '(000) 000-0000', 'whyPhoneUnreadable'],
    ['the same page of another org', `https://other.lightning.force.com/lightning/r/Lead/${ID}/view`, 'whyOtherHost'],
    [
      'a sandbox of the org, which has other records',
      `https://acme--uat.sandbox.lightning.force.com/lightning/r/Lead/${ID}/view`,
      'whyOtherHost',
    ],
    [
      'a host that begins with the name of the org',
      `https://acme.evil.example/lightning/r/Lead/${ID}/view`,
      'whyOtherHost',
    ],
    ['a host that ends like Salesforce', `https://acme.notforce.com/lightning/r/Lead/${ID}/view`, 'whyOtherHost'],
    ['a user in the address of another host', `https://acme.my.salesforce.com@evil.example/${ID}`, 'whyOtherHost'],
    ['a script', `javascript:alert('${ID}')`, 'whyOtherHost'],
    ['a list', 'https://acme.lightning.force.com/lightning/o/Lead/list', 'whyAddressOfNothing'],
    ['a page of Sellfire that is no lead', 'https://app.sellfire.example/reports', 'whyAddressOfNothing'],
    ['another object', 'https://acme.my.salesforce.com/0055g00000ABCDe', 'whyOtherObject'],
    ['an address that is none', 'https://', 'whyUnreadable'],
  ])('refuses %s in words', (_what, text, code) => {
    expect(read(text)).toMatchObject({ kind: 'none', why: { code } });
  });

  it('repeats a long text in part, whole characters of it', () => {
    const subject = read('📞 '.repeat(100));
    expect(subject).toMatchObject({ kind: 'none', why: { args: [expect.stringMatching(/^(📞 ){40}…$/u)] } });
  });

  it('knows no address of Sellfire where none is set', () => {
    expect(readSubject('https://app.sellfire.example/leads/lead_1', { ...PLACES, sellfireUrl: '' })).toMatchObject({
      why: { code: 'whyOtherHost', args: ['app.sellfire.example'] },
    });
  });
});
