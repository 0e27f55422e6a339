// Turns that a process runs for the one that leads, and that need what the leader alone has: they are handed back, and come to the same end as
// if the leader had run them from the start, once.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OWNER_FIELD } from '../../bridge/model/mapping.ts';
import { Story } from '../e2e/story.ts';
import { startMailCatcher, type MailCatcher } from '../helpers/mail.ts';
import { mapFields } from '../helpers/mappings.ts';
import { until } from '../helpers/until.ts';
import { deploy, textField, xml } from '../salesforce/tests/packages.ts';
import { startProcesses, type Processes } from './processes.ts';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
/** What is under way in one process while the others get theirs. */
const ROUND_TRIP_MS = 150;
/** Of two processes with room for one turn, one has one, and the other one with what waits beside two. */
const AT_ONCE = 3;

let catcher: MailCatcher;
let wide: Processes;
let story: Story;

beforeAll(async () => {
  catcher = await startMailCatcher();
  const env = { CONCURRENCY: '1', SMTP_URL: catcher.url, MAIL_FROM: 'Sellfire <sync@example.com>' };
  wide = await startProcesses(2, { env });
  story = new Story(wide.stack);
  const { admin, prefix, org } = wide.stack;
  await deploy(org.org, { 'objects/Lead.object': xml('CustomObject', textField('Second_Phone__c')) });
  await mapFields(admin, prefix);
  await mapFields(admin, prefix, [['primary_phone_number', 'Lead', 'Second_Phone__c', 'AlwaysSellfire']]);
  for (const one of wide.all) await one.start();
  const leader = await wide.leader();
  await until('the leader has a worker', async () =>
    /^worker_processes 1$/m.test(await (await fetch(`${leader.url}/metrics`)).text()),
  );
  await wide.ask('CREATE TABLE answered (key TEXT NOT NULL, answer TEXT NOT NULL)');
  await wide.ask(`
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO answered VALUES (NEW.key, NEW.answer); RETURN NULL; END $$`);
  await wide.ask(
    'CREATE TRIGGER note AFTER UPDATE OF answer ON turn FOR EACH ROW WHEN (NEW.answer IS NOT NULL) EXECUTE FUNCTION note()',
  );
  org.org.faults.add({ kind: 'slow', ms: ROUND_TRIP_MS, times: null });
});
afterAll(async () => {
  await wide?.stop();
  await catcher?.close();
});

/** The keys of turns that were handed back. */
async function handedBack(): Promise<string[]> {
  const rows = await wide.ask(`SELECT key FROM answered WHERE answer::jsonb -> 'ended' ->> 'handedBack' = 'true'`);
  return rows.map(({ key }) => String(key));
}

describe('a turn that is handed back', () => {
  it('because it sends an e-mail has it sent once, by the leader, who knows who has it already', async () => {
    const { desk, dialer } = wide.stack.sellfire;
    const readers = dialer.reps.enablement().map(({ email }) => email);
    const [owner, other] = dialer.reps.list().filter(({ role, state }) => role === 'rep' && state === 'active');
    if (!owner || !other) throw new Error('The account needs two reps.');
    const start_time = new Date(Math.ceil(Date.now() / DAY_MS + 3) * DAY_MS).toISOString();
    const pairs: { id: string; leadId: string }[] = [];
    for (let pair = 0; pair < 2 * AT_ONCE; pair += 1) {
      const { id, lead } = await story.fromSellfire();
      story.edit(lead.id, { [OWNER_FIELD]: owner.id });
      await story.salesforceHas(id, { '@Owned_Rep_Id__c': owner.id });
      desk.setDemo(lead.id, { start_time });
      await story.salesforceHas(id, { '@Phase__c': 'HeldPhase' });
      pairs.push({ id, leadId: lead.id });
    }
    await story.quiet();
    await Promise.all(pairs.map(({ id }) => story.update('Lead', id, { '@Owned_Rep_Id__c': other.id })));
    await until(
      () => `all have their e-mails: ${catcher.mails.length}`,
      () => catcher.mails.length >= pairs.length * readers.length,
      60_000,
    );
    await story.quiet();
    const back = await handedBack();
    expect(back.length).toBeGreaterThan(0);
    for (const { leadId } of pairs) {
      const ofLead = catcher.mails.filter(({ text }) => text.includes(leadId)).flatMap(({ recipients }) => recipients);
      expect({ leadId, ofLead: ofLead.sort() }).toEqual({ leadId, ofLead: readers.toSorted() });
      const reports = await story.reports(`@Code__c = 'OWNER_REFUSED' AND @Sellfire_Lead_Id__c = '${leadId}'`);
      expect(reports).toHaveLength(1);
    }
    expect(pairs.map(({ leadId }) => leadId)).toEqual(expect.arrayContaining(back));
  });

  it('because a field is gone has the configuration read anew by the leader, and nothing fails', async () => {
    await wide.ask('DELETE FROM answered');
    wide.stack.org.org.schema.removeField('Lead', 'Second_Phone__c');
    const leads = Array.from({ length: 2 * AT_ONCE }, (_, index) =>
      wide.stack.sellfire.desk.createLead({
        ...{ primary_phone_number: story.phone(), last_name: 'Sand', business_name: `Gone ${index}` },
      }),
    );
    for (const { id } of leads) await until(`${id} is linked`, () => story.linked(id), 60_000);
    await story.quiet();
    const back = await handedBack();
    expect(back.length).toBeGreaterThan(0);
    expect(leads.map(({ id }) => id)).toEqual(expect.arrayContaining(back));
    const rows = await story.query("SELECT Id FROM Lead WHERE Company LIKE 'Gone %'");
    expect(rows).toHaveLength(leads.length);
    expect(await story.query("SELECT Id FROM @Integration_Report__c WHERE @Outcome__c = 'Failed'")).toEqual([]);
    expect(story.logged('change_failed')).toBe(0);
  });
});
