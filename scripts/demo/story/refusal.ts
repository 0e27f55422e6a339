// What is refused, and what goes on beside it: phases (M15), owners (M14), and values that Salesforce does not take (M32).
import { DAY_MS } from '../../../bridge/model/durations.ts';
import { finds, same, shows } from './expect.ts';
import type { Step } from './stepContext.ts';

export const phaseRefused: Step = {
  id: '6',
  title: 'In Salesforce the phase is set to HeldPhase, which it may not set',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    await context.salesforce.update('Lead', recordId, { Phase__c: 'HeldPhase' });
    const report = await context.reported('the phase', { leadId }, (row) => row.outcome === 'Refused');
    await shows('The Lead in Salesforce', () => context.record(recordId), { Phase__c: 'ColdCallCold' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { phase: 'ColdCallCold' });
    same('The report', [report.event, report.direction, report.code], ['PhaseChange', 'ToSellfire', 'PHASE_REFUSED']);
    return 'Refused and reported with the reason; ColdCallCold is written back to Salesforce';
  },
};

export const phaseAccepted: Step = {
  id: '6b',
  title: 'In Salesforce the phase is set to Retired, which it may set',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    await context.salesforce.update('Lead', recordId, { Phase__c: 'Retired' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { phase: 'Retired' });
    await shows('The Lead in Salesforce', () => context.record(recordId), { Phase__c: 'Retired' });
    return 'Retired on both sides';
  },
};

export const fieldTooLong: Step = {
  id: '9',
  title: 'In Sellfire a city of 60 characters (Salesforce takes 40) and a title',
  async play(context) {
    const { recordId, leadId } = await context.pair({ City: 'Austin', Title: 'Clerk' });
    const city = 'Llanfair'.padEnd(60, 'pwllgwyngyll');
    context.desk.editLead(leadId, { city, title: 'Director' });
    await shows('The Lead in Salesforce', () => context.record(recordId), { Title: 'Director', City: 'Austin' });
    const report = await context.reported('the city', { leadId }, (row) => row.outcome === 'Failed');
    same(
      'The fields of the failure',
      report.changes.map(({ field }) => field),
      ['City'],
    );
    same('Its code', report.code, 'STRING_TOO_LONG');
    await shows('The Sellfire lead', () => context.leadFields(leadId), { city, title: 'Director' });
    return `Title across, City as it was. Report: "${report.reason.replace(city, '…')}"`;
  },
};

export const ownerRefused: Step = {
  id: '10',
  title: 'In Salesforce the owner is changed, while a callback is planned',
  async play(context) {
    const { name, recordId, leadId } = await context.pair();
    const [owner, other] = (await context.sellfire.reps()).filter(
      ({ role, state }) => role === 'rep' && state === 'active',
    );
    if (!owner || !other) throw new Error('The account has fewer than two reps.');
    const start_time = new Date(Date.now() + DAY_MS).toISOString();
    context.desk.plan(leadId, { start_time, rep_id: owner.id });
    await shows('The Lead in Salesforce', () => context.record(recordId), { Owned_Rep_Id__c: owner.id });
    await context.salesforce.update('Lead', recordId, { Owned_Rep_Id__c: other.id });
    const report = await context.reported('the owner', { leadId }, (row) => row.event === 'OwnerChange');
    same('The report', [report.outcome, report.code], ['Refused', 'OWNER_REFUSED']);
    const readers = (await context.sellfire.reps()).filter(
      ({ role, state }) => role === 'enablement' && state === 'active',
    );
    const emails = await finds(`${readers.length} e-mails`, async () => {
      const about = context.mails.filter(({ text }) => text.includes(leadId));
      return about.length === readers.length ? about : undefined;
    });
    same(
      'Their readers',
      emails.flatMap(({ recipients }) => recipients).toSorted(),
      readers.map(({ email }) => email).toSorted(),
    );
    const [email] = emails;
    same('Their subject', email?.subject, `Owner of ${name} was not changed`);
    // A later change that is across shows that nothing more comes of the refused one.
    await context.salesforce.update('Lead', recordId, { Title: 'Later' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { title: 'Later', owned_rep_id: owner.id });
    context.desk.editLead(leadId, { email: 'later@example.com' });
    await shows('The Lead in Salesforce', () => context.record(recordId), {
      Email: 'later@example.com',
      Owned_Rep_Id__c: other.id,
    });
    return `Each side keeps its owner. Mail to ${readers.map(({ email }) => email).join(', ')}: "${email?.subject}"`;
  },
};
