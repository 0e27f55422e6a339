// An owner that Sellfire keeps, reported by e-mail through the bridge's own mail server (M14): from the edit in Salesforce to the
// e-mails in the mailboxes of the Enablement users.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OWNER_FIELD } from '../../bridge/model/mapping.ts';
import { startMailCatcher, type MailCatcher } from '../helpers/mail.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;

let catcher: MailCatcher;
let stack: Stack;
let story: Story;
beforeAll(async () => {
  catcher = await startMailCatcher();
  stack = await startStack({ env: { SMTP_URL: catcher.url, MAIL_FROM: 'Sellfire <sync@example.com>' } });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
  await catcher.close();
});

const team = () => stack.sellfire.dialer.reps.list();
const callers = () => team().filter(({ role, state }) => role === 'rep' && state === 'active');
const readers = () => stack.sellfire.dialer.reps.enablement().map(({ email }) => email);

/** A linked lead whose owner has a demo with it in three days. */
async function owned(): Promise<{ leadId: string; recordId: string; owner: string; other: string; start: string }> {
  const [owner, other] = callers();
  if (!owner || !other) throw new Error('The account needs two reps.');
  const { id, lead } = await story.fromSellfire({ business_name: 'Acme\nBcc: thief@example.com' });
  story.edit(lead.id, { [OWNER_FIELD]: owner.id });
  await story.salesforceHas(id, { '@Owned_Rep_Id__c': owner.id });
  const start = new Date(Math.ceil(Date.now() / DAY_MS + 3) * DAY_MS).toISOString();
  stack.sellfire.desk.setDemo(lead.id, { start_time: start });
  await story.salesforceHas(id, { '@Phase__c': 'HeldPhase' });
  return { leadId: lead.id, recordId: id, owner: owner.id, other: other.id, start };
}

describe('an owner that Sellfire keeps (M14)', () => {
  it('is reported by e-mail to every Enablement user, once, and neither side is overwritten', async () => {
    expect(readers().length).toBeGreaterThan(0);
    const { leadId, recordId, owner, other, start } = await owned();
    await story.update('Lead', recordId, { '@Owned_Rep_Id__c': other });
    await until('everybody has an e-mail', () => catcher.mails.length >= readers().length);
    await story.quiet();
    expect(catcher.mails.flatMap(({ recipients }) => recipients).sort()).toEqual(readers().sort());
    const [mail] = catcher.mails;
    const name = (id: string) => team().find((rep) => rep.id === id)?.name ?? '';
    for (const words of [
      leadId,
      `${name(owner)} (${owner})`,
      `${name(other)} (${other})`,
      `Demo: `,
      `${start.slice(11, 16)} UTC`,
      `${stack.org.restUrl}/lightning/r/Lead/${recordId}/view`,
    ])
      expect(mail?.text).toContain(words);
    expect(mail?.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
    // Sellfire was not asked to send it as well.
    expect(stack.sellfire.dialer.alerts.list()).toEqual([]);
    await story.reports(`@Code__c = 'OWNER_REFUSED' AND @Sellfire_Lead_Id__c = '${leadId}'`);
    await story.salesforceHas(recordId, { '@Owned_Rep_Id__c': other });
    expect(stack.sellfire.dialer.leads.get(leadId).fields[OWNER_FIELD]).toBe(owner);
  });

  it('reaches them when the mail server is back, and not twice', async () => {
    const { recordId, other } = await owned();
    const before = catcher.mails.length;
    const [first] = readers();
    catcher.refuse(first ?? '', 450);
    await story.update('Lead', recordId, { '@Owned_Rep_Id__c': other });
    // The others get theirs meanwhile.
    await until('the others have theirs', () => catcher.mails.length >= before + readers().length - 1);
    catcher.refuse(first ?? '', undefined);
    await until('everybody has an e-mail', () => catcher.mails.length >= before + readers().length);
    await story.quiet();
    expect(catcher.mails).toHaveLength(before + readers().length);
  });

  it('whose e-mail somebody cannot get is reported with what to do, and the lead goes on', async () => {
    const { leadId, recordId, other } = await owned();
    const [first] = readers();
    catcher.refuse(first ?? '', 550);
    await story.update('Lead', recordId, { '@Owned_Rep_Id__c': other });
    const [report] = await story.reports(`@Code__c = 'MAIL_REFUSED' AND @Sellfire_Lead_Id__c = '${leadId}'`);
    expect(report).toMatchObject({ Outcome__c: 'Failed', Event__c: 'OwnerChange' });
    expect(report?.['Reason__c']).toContain(first);
    expect(report?.['Reason__c']).toContain('Correct the e-mail address in Sellfire');
    await story.update('Lead', recordId, { Title: 'Founder' });
    await story.sellfireHas(leadId, { title: 'Founder' });
  });
});
