// The log: lines in a form that machines read, without secrets.
import { describe, it, expect } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { createLog, forConnection, type Logger } from '../../../bridge/log.ts';
import type { LogLevel } from '../../../bridge/log.ts';
import { BridgeError, PeerError } from '../../../bridge/model/fault.ts';
import { sign } from '../../../bridge/sellfire/signature.ts';

function logged(write: (log: Logger) => void, level: LogLevel = 'info', secrets: string[] = []): string {
  const lines: string[] = [];
  write(createLog({ level, secrets, destination: { write: (line: string) => void lines.push(line) } }));
  for (const line of lines) JSON.parse(line);
  return lines.join('');
}

const { privateKey: KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SESSION = '00D000000000001!AQEAQNjXm1VXlPZ3yC8k.wZcG';
const REFRESH = '5Aep861TSESvWeug_ztpnAk6BGQxRdovMLhHso81iyYKO6hTm45JVxz3FLewCKgI4BbUp19OzGfqG2TdCfqa2ZU';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJjbGllbnQifQ.c2lnbmF0dXJl';

describe('the log', () => {
  it.each(['info', 'debug'] as const)('never shows a secret, wherever it hides, at level %s', (level) => {
    const configured = 'key-with-"quotes"-and-\\-in-it';
    const signature = sign('w'.repeat(32), 1_700_000_000, Buffer.from('{}'));
    const output = logged(
      (log) => {
        // By the name of a member, at any depth, in an object, a child's bindings or an error.
        log.info({ accessToken: 'plain-1', nested: { list: [{ client_secret: 'plain-2' }] } }, 'signed in');
        log.child({ 'X-Api-Key': 'plain-3' }).warn('child');
        log.error({ err: Object.assign(new Error('refused'), { headers: { Authorization: 'plain-4' } }) });
        log.error({ err: new Error('outer', { cause: Object.assign(new Error('inner'), { password: 'plain-5' }) }) });
        log.info({ code_verifier: 'plain-6', 'sellfire-signature': 'plain-7', sealed: { box: 'plain-8' } });
        log.info({ refresh_token: 12_345_678, key: Buffer.from('plain-9') });
        // By its shape or value, in a sentence, an address or a stack.
        log.info(`Authorization: Bearer opaque-token-1234 for ${SESSION}`);
        log.error(new Error(`refresh ${REFRESH} failed with ${JWT}`));
        log.info({
          note: KEY,
          header: signature,
          url: 'https://bridge.example/oauth/callback?code=aPrx1234&state=st8st8',
        });
        log.info({ note: `called with ${configured}` });
      },
      level,
      [configured],
    );
    for (let number = 1; number <= 9; number += 1) expect(output).not.toContain(`plain-${number}`);
    for (const secret of ['12345678', 'opaque-token', SESSION, REFRESH, JWT, 'aPrx1234', 'st8st8', 'key-with-'])
      expect(output).not.toContain(secret);
    expect(output).not.toContain(signature.split('v1=')[1]);
    for (const line of KEY.trim().split('\n').slice(1, -1)) expect(output).not.toContain(line);
    expect(output).toContain('signed in');
  });

  it('shows no value of a record at info, and shows it at debug', () => {
    const write = (log: Logger): void => {
      log.info({ leadId: 'lead_1', fields: { primary_phone_number: '+15551230000' } }, 'written');
      log.child({ lead: { business_name: 'Blue Door Bakery' } }).info('decided');
    };
    const info = logged(write);
    expect(info).toContain('lead_1');
    expect(info).not.toContain('+15551230000');
    expect(info).not.toContain('Blue Door Bakery');
    const debug = logged(write, 'debug');
    expect(debug).toContain('+15551230000');
    expect(debug).toContain('Blue Door Bakery');
  });

  it('names what a line is about, and shows no event of a system', () => {
    const output = logged((log) => {
      log.info({ event: 'org_connected' }, 'An org was connected');
      log.info({ event: { lead: 'Blue Door Bakery' } }, 'not so');
      log.info({ event: 'Blue Door Bakery', err: { event: 'blue_door' } }, 'nor so');
    });
    expect(output).toContain('"event":"org_connected"');
    expect(output).not.toMatch(/blue/i);
  });

  it('keeps counts, codes, actions and causes', () => {
    const fault = {
      class: 'retry',
      code: 'UNABLE_TO_LOCK_ROW',
      message: 'busy',
      fields: ['Phone'],
      unknownOutcome: false,
    } as const;
    const output = logged((log) => {
      log.info({
        events: 12,
        err: new BridgeError(
          { code: 'SOME_CODE', sentence: 'It broke.', action: 'Mend it.' },
          { cause: new Error('why') },
        ),
      });
      log.info({ err: new PeerError('salesforce', { ...fault, fields: [] }) });
    });
    const [first, second] = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      level: 'info',
      events: 12,
      err: {
        type: 'BridgeError',
        code: 'SOME_CODE',
        message: 'It broke.',
        action: 'Mend it.',
        cause: { message: 'why' },
      },
    });
    expect(second).toMatchObject({
      err: { peer: 'salesforce', fault: { class: 'retry', code: 'UNABLE_TO_LOCK_ROW' } },
    });
  });

  it('names the connection on every line of its logger', () => {
    const output = logged((log) => forConnection(log, '00D000000000001AAA').info('ready'));
    expect(JSON.parse(output)).toMatchObject({ connection: '00D000000000001AAA', msg: 'ready' });
  });

  it('is silent at level silent', () => {
    expect(logged((log) => log.fatal('unseen'), 'silent')).toBe('');
  });
});
