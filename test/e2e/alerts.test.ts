// Alerts, end to end (B24): a change of state is one message by every channel and its recovery another, and a bridge that is killed in
// between neither repeats one nor loses one.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verify } from '../../bridge/sellfire/signature.ts';
import { startMailCatcher, type MailCatcher } from '../helpers/mail.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startReceiver, type Receiver } from '../helpers/receiver.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { flowAutomation } from '../salesforce/flows/automation.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(120_000);

const SECRET = 'a-secret-of-the-alerts-for-the-test';
const STATE = 'creationPaused:Lead';

let catcher: MailCatcher;
let receiver: Receiver;
let stack: Stack;
let story: Story;
beforeAll(async () => {
  [catcher, receiver] = await Promise.all([startMailCatcher(), startReceiver()]);
  stack = await startStack({
    env: {
      SMTP_URL: catcher.url,
      MAIL_FROM: 'Sellfire <sync@example.com>',
      ALERT_WEBHOOK_URL: receiver.url,
      ALERT_WEBHOOK_SECRET: SECRET,
      ALERT_WEBHOOK_LOOPBACK: 'true',
      ALERT_CALM_SECONDS: '2',
    },
  });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  // The bell rings for whoever sets the integration up.
  const [set] = await story.query("SELECT Id FROM PermissionSet WHERE Name = 'Sellfire_Administrator'");
  await story.create('PermissionSetAssignment', { PermissionSetId: set?.['Id'], AssigneeId: stack.org.users.admin.id });
  await stack.bridge.start();
});
afterAll(async () => {
  await stack?.stop();
  receiver?.close();
  await catcher?.close();
});

/** Whether the last name, which every Lead needs, is mapped. */
async function mapLastName(rule: 'TwoWay' | 'DoNotSync'): Promise<void> {
  const [mapping] = await story.query(
    "SELECT Id FROM @Field_Mapping__c WHERE @Sellfire_Field__c = 'last_name' AND @Salesforce_Object__c = 'Lead'",
  );
  await story.update('@Field_Mapping__c', String(mapping?.['Id']), { '@Sync_Rule__c': rule });
}

const readers = (): number => stack.sellfire.dialer.reps.enablement().length;
/** What the receiver was sent of the state, with the requests that it took. */
const posted = () =>
  receiver.received
    .map(({ body, taken }) => ({ ...(JSON.parse(String(body)) as { id: string; kind: string; state: string }), taken }))
    .filter(({ state }) => state === STATE);
const taken = (): string[] => posted().flatMap(({ kind, taken: isTaken }) => (isTaken ? [kind] : []));
const mailed = (words: string): number => catcher.mails.filter(({ subject }) => subject.includes(words)).length;
const STANDS = 'No Lead can be created';
const OVER = 'Leads are created in Salesforce again';
/** How many alerts about the state the bridge has noted as sent. */
const sentBy = (channel: string): number =>
  readFileSync(stack.logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"event":"alert_sent"') && line.includes(`"channel":"${channel}","id":"${STATE}`))
    .length;
const bell = async (): Promise<Row | undefined> =>
  (await story.query('SELECT Alert_Key__c, Alert_Title__c, Alert_Text__c FROM Bridge_Status__c'))[0];

/** How often the bell of Salesforce rang with these words. */
const rung = (words: string): number =>
  flowAutomation(stack.org.org).notifications.filter(({ title }) => title.includes(words)).length;

describe('an alert', () => {
  it('goes out by every channel once, although the bridge is killed while one of them is away', async () => {
    receiver.answer('never');
    await mapLastName('DoNotSync');
    await until('the receiver has the alert and does not answer', () => posted().length === 1);
    await until('everybody has an e-mail', () => sentBy('email') === 1 && mailed(STANDS) === readers());
    await until('the bell rings', () => sentBy('bell') === 1 && rung(STANDS) === 1);
    await stack.bridge.kill();
    receiver.answer(200);
    await stack.bridge.start();
    await until('the receiver has taken the alert', () => taken().length === 1);
    expect(new Set(posted().map(({ id }) => id)).size).toBe(1);
    expect(await bell()).toMatchObject({
      Alert_Key__c: posted()[0]?.id,
      Alert_Title__c: expect.stringContaining(STANDS),
    });
    const { headers, body } = receiver.received.at(-1) ?? {};
    const signature = String(headers?.['sellfire-signature']);
    expect(verify(SECRET, signature, body ?? Buffer.alloc(0), Date.now() / 1000)).toBe('valid');
  });

  it('has one recovery, after another kill too, and nothing of it is repeated', async () => {
    await until('the alert is settled', () => sentBy('webhook') === 1);
    await stack.bridge.kill();
    await stack.bridge.start();
    await mapLastName('TwoWay');
    await until('the recovery is posted', () => taken().length === 2);
    await until('the recovery is mailed', () => mailed(OVER) === readers());
    await until('the bell rings for the recovery', () => rung(OVER) === 1);
    expect(rung(STANDS)).toBe(1);
    expect(taken()).toEqual(['raised', 'recovered']);
    expect(mailed(STANDS)).toBe(readers());
  });

  it('comes again when the state comes again', async () => {
    await mapLastName('DoNotSync');
    await until('the second alert is posted', () => taken().length === 3);
    await until('the bell rings again', () => rung(STANDS) === 2);
    await mapLastName('TwoWay');
    await until('the second recovery is posted', () => taken().length === 4);
    await until('the second recovery is mailed', () => mailed(OVER) === 2 * readers());
    expect(taken()).toEqual(['raised', 'recovered', 'raised', 'recovered']);
    expect(new Set(posted().map(({ id }) => id)).size).toBe(4);
    expect(mailed(STANDS)).toBe(2 * readers());
    await until('the bell has rung for all', () => rung(OVER) === 2);
    expect(rung(STANDS)).toBe(2);
  });
});

describe('a test message (B24)', () => {
  it('goes by every channel that is on, and the request says what came of each', async () => {
    receiver.answer(404);
    const request = await story.asked('TestAlert');
    expect(request['Status__c']).toBe('Done');
    expect(request['Result__c']).toContain('The bell rings for everybody');
    expect(request['Result__c']).toContain('An e-mail went to every Enablement user');
    expect(request['Result__c']).toMatch(
      /The webhook did not take the message: .*WEBHOOK_REFUSED: .*404.*ALERT_WEBHOOK_URL/,
    );
    expect(mailed('Test message')).toBe(readers());
    await until('the bell rings for the test', () => rung('Test message of Sellfire') === 1);
  });

  it('goes by none that is switched off', async () => {
    const off = { '@Alert_Bell__c': false, '@Alert_Email__c': false, '@Alert_Webhook__c': false };
    const [settings] = await story.query('SELECT Id FROM @Sync_Settings__c');
    if (settings) await story.update('@Sync_Settings__c', String(settings['Id']), off);
    else await story.create('@Sync_Settings__c', { Name: 'Sellfire', ...off });
    const before = receiver.received.length;
    const request = await story.asked('TestAlert');
    expect(request['Result__c']).toContain('No way of alerting is switched on');
    expect(receiver.received).toHaveLength(before);
    expect(mailed('Test message')).toBe(readers());
  });
});
