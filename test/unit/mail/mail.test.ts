// Mail that the bridge sends: alerts (M14), through real SMTP, and nothing that people write breaks a header.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../../bridge/config.ts';
import { createMailAlerts, type MailAlerts } from '../../../bridge/mail/alerts.ts';
import { createMailer, type Mailer } from '../../../bridge/mail/mailer.ts';
import { PeerError, type Fault } from '../../../bridge/model/fault.ts';
import type { Rep } from '../../../bridge/model/rep.ts';
import { LEAST_ENVIRONMENT } from '../../helpers/environment.ts';
import { startMailCatcher, type CatcherOptions, type MailCatcher } from '../../helpers/mail.ts';

const ENVIRONMENT = {
  ...LEAST_ENVIRONMENT,
  MAIL_FROM: 'Sellfire Sync <sync@example.com>',
};

const person = (id: string, extra: Partial<Rep> = {}): Rep => ({
  id,
  name: `User ${id}`,
  email: `${id}@example.com`,
  role: 'enablement',
  state: 'active',
  sf_owner_id: null,
  ...extra,
});
const TEAM = [person('ann'), person('ben'), person('gone', { state: 'deleted' }), person('caller', { role: 'rep' })];
const ALERT = { subject: 'Owner of Acme was not changed', body: 'Line one.\n.\nÜber line three.' };

let catcher: MailCatcher;
let mailer: Mailer;
let alerts: MailAlerts;
let time: number;

function connect(url: string, team: readonly Rep[] = TEAM): void {
  const { mail } = readConfig({ ...ENVIRONMENT, SMTP_URL: url });
  if (!mail) throw new Error('no mail server');
  mailer = createMailer(mail);
  alerts = createMailAlerts({ mailer, team: async () => team, now: () => time });
}

async function start(options?: CatcherOptions): Promise<void> {
  catcher = await startMailCatcher(options);
  connect(catcher.url);
}

beforeEach(async () => {
  time = 0;
  await start();
});
afterEach(async () => {
  mailer.close();
  await catcher.close();
});

async function faultOf(sending: Promise<void>): Promise<Fault> {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PeerError && error.peer === 'mail') return error.fault;
  throw new Error(`not refused: ${String(error)}`);
}

const recipients = (): string[] => catcher.mails.flatMap((mail) => mail.recipients).sort();

describe('an alert (M14)', () => {
  it('goes to every Enablement user who is not deleted, in an e-mail of their own', async () => {
    await alerts.send('owner:lead_1:5', ALERT);
    expect(recipients()).toEqual(['ann@example.com', 'ben@example.com']);
    const [mail] = catcher.mails;
    expect(mail).toMatchObject({ from: '"Sellfire Sync" <sync@example.com>', subject: ALERT.subject });
    expect(mail?.text.trim()).toBe(ALERT.body);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.recipients).toHaveLength(1);
  });

  it('is the same message after a crash, and another message to each person and about each thing', async () => {
    await alerts.send('owner:lead_1:5', ALERT);
    connect(catcher.url);
    await alerts.send('owner:lead_1:5', ALERT);
    await alerts.send('owner:lead_1:6', ALERT);
    const ids = catcher.mails.map((mail) => `${mail.recipients[0]} ${mail.messageId}`);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(4);
    expect(catcher.mails.every(({ messageId }) => /^<[0-9a-f]{40}@example\.com>$/.test(messageId))).toBe(true);
  });

  it('is sent once by one process, however often it is tried', async () => {
    await alerts.send('owner:lead_1:5', ALERT);
    await alerts.send('owner:lead_1:5', ALERT);
    expect(catcher.mails).toHaveLength(2);
  });

  it('that is tried again goes to those only who have not got it', async () => {
    catcher.refuse('ben@example.com', 450);
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'retry', code: 'MAIL_DELAYED' });
    expect(recipients()).toEqual(['ann@example.com']);
    catcher.refuse('ben@example.com', undefined);
    await alerts.send('k', ALERT);
    expect(recipients()).toEqual(['ann@example.com', 'ben@example.com']);
  });

  it('holds up its lead for an hour at most', async () => {
    catcher.refuse('ben@example.com', 450);
    expect((await faultOf(alerts.send('k', ALERT))).class).toBe('retry');
    time = 3_599_999;
    expect((await faultOf(alerts.send('k', ALERT))).class).toBe('retry');
    time = 3_600_000;
    const fault = await faultOf(alerts.send('k', ALERT));
    expect(fault).toMatchObject({ class: 'record', code: 'MAIL_UNDELIVERED' });
    expect(fault.message).toContain('ben@example.com');
    expect(fault.message).not.toContain('ann@example.com');
  });

  it('that somebody cannot get reaches the others, and says who and what to do', async () => {
    catcher.refuse('ann@example.com', 550);
    const fault = await faultOf(alerts.send('k', ALERT));
    expect(fault).toMatchObject({ class: 'record', code: 'MAIL_REFUSED' });
    expect(fault.message).toMatch(/did not reach ann@example\.com: .*550/s);
    expect(recipients()).toEqual(['ben@example.com']);
  });

  it('without a recipient says so', async () => {
    connect(catcher.url, [person('gone', { state: 'deleted' })]);
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'record', code: 'MAIL_NO_RECIPIENT' });
  });
});

describe('a mail server', () => {
  it('that is busy or hangs up is tried again, and has the message at most twice', async () => {
    connect(catcher.url, [person('ann')]);
    catcher.next(451, 'cut', 'cutAfter');
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'retry', unknownOutcome: false });
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'retry', unknownOutcome: true });
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'retry', unknownOutcome: true });
    await alerts.send('k', ALERT);
    expect(catcher.mails).toHaveLength(2);
    expect(new Set(catcher.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('that is away is tried again', async () => {
    await catcher.close();
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'retry', code: 'MAIL_AWAY' });
    catcher = await startMailCatcher();
  });

  it('that refuses the password or the text is not, and holds up nothing', async () => {
    catcher.next(554, 554);
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'record', code: 'MAIL_REFUSED' });
    await catcher.close();
    mailer.close();
    await start({ auth: { user: 'sync', password: 'p@ss/word' } });
    await alerts.send('k', ALERT);
    expect(catcher.mails).toHaveLength(2);
    mailer.close();
    connect(catcher.url.replace('p%40ss', 'wrong'));
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'record', code: 'MAIL_SIGN_IN' });
    expect(catcher.mails).toHaveLength(2);
  });

  it('beyond this machine must offer TLS before anything is sent', async () => {
    // The name of this machine's network, not of its loopback: the rule goes by what is written.
    const { port } = new URL(catcher.url);
    mailer.close();
    mailer = createMailer({
      host: '127.0.0.1',
      port: Number(port),
      secure: false,
      loopback: false,
      user: undefined,
      password: undefined,
      from: { name: '', address: 'sync@example.com' },
    });
    alerts = createMailAlerts({ mailer, team: async () => TEAM });
    expect(await faultOf(alerts.send('k', ALERT))).toMatchObject({ class: 'record', code: 'MAIL_UNSAFE' });
    expect(catcher.mails).toHaveLength(0);
  });

  it('that greets with something else is tried again, and not believed', async () => {
    const other: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0);
    await once(other, 'listening');
    connect(`smtp://127.0.0.1:${(other.address() as AddressInfo).port}`);
    expect((await faultOf(alerts.send('k', ALERT))).class).toBe('retry');
    other.close();
  });
});

describe('what people write', () => {
  it('never becomes a header, a recipient or a file', async () => {
    const hostile = 'Acme\r\nBcc: thief@example.com\r\n\r\nX\u2028Y\u0000';
    connect(catcher.url, [person('ann', { name: 'Ann\r\nCc: thief@example.com, "<thief@example.com>"' })]);
    await alerts.send('k', { subject: hostile.repeat(20), body: '{"path":"/etc/hostname"}\r\n.\r\nRCPT TO:<x@y.z>' });
    expect(recipients()).toEqual(['ann@example.com']);
    const [mail] = catcher.mails;
    const head = mail?.raw.split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^(b?cc):/im);
    expect(mail?.subject.length).toBeLessThanOrEqual(200);
    expect(mail?.subject.startsWith('Acme Bcc: thief@example.com X Y')).toBe(true);
    expect(mail?.text).toContain('{"path":"/etc/hostname"}');
    expect(mail?.text).toContain('RCPT TO:<x@y.z>');
  });
});
