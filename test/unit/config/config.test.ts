// The configuration is read whole or refused, and a refusal names each variable and what to do.
import { describe, it, expect, beforeAll, afterAll } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../bridge/config.ts';
import { describeConfig, secretsOf } from '../../../bridge/config/describe.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import { LEAST_ENVIRONMENT as GOOD } from '../../helpers/environment.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof BridgeError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  throw new Error('The configuration was accepted.');
};

let folder: string;
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the configuration', () => {
  it('needs no more than the secrets and the addresses', () => {
    const config = readConfig(GOOD);
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: undefined,
      salesforce: {
        loginUrl: 'https://login.salesforce.com',
        pubsub: { address: 'api.pubsub.salesforce.com:7443' },
        apiVersion: '67.0',
        jwt: undefined,
      },
      sellfire: { url: 'https://api.sellfire.example' },
      logLevel: 'info',
      concurrency: 400,
      defaultCountry: 'US',
      reconcileHours: 24,
      shutdownSeconds: 25,
    });
    expect(config.databaseFile.startsWith(config.dataDir)).toBe(true);
    expect(config.secretKey.export()).toEqual(Buffer.from(GOOD.SECRET_KEY, 'base64'));
  });

  it('names every wrong variable at once, each with what to do', () => {
    const message = refusal({
      PORT: '70000',
      PROBE_PORT: '-1',
      CONNECTIONS_PER_ADDRESS: '0',
      TRUSTED_PROXIES: '10.0.0.0/8, proxy.example',
      SECRET_KEY_OLD: 'c2hvcnQ=',
      PUBLIC_URL: 'http://bridge.example.com',
      DATABASE_URL: 'mysql://localhost/bridge',
      SECRET_KEY: 'c2hvcnQ=',
      SALESFORCE_LOGIN_URL: 'ftp://login.salesforce.com',
      SALESFORCE_USERNAME: 'integration@example.com',
      SALESFORCE_PUBSUB_ADDRESS: 'api.pubsub.salesforce.com',
      SALESFORCE_PUBSUB_CA_FILE: join(folder, 'absent.pem'),
      SALESFORCE_API_VERSION: 'v67',
      SELLFIRE_URL: 'sellfire',
      SELLFIRE_WEBHOOK_SECRET: 'short',
      SMTP_URL: 'mail.example.com:587',
      MAIL_FROM: 'Sellfire',
      ALERT_WEBHOOK_URL: 'https://169.254.169.254/latest',
      ALERT_WEBHOOK_FORMAT: 'discord',
      ALERT_WEBHOOK_SECRET: 'short',
      ALERT_WEBHOOK_LOOPBACK: 'perhaps',
      ALERT_CALM_SECONDS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example.com:4318',
      LOG_LEVEL: 'loud',
      CONCURRENCY: '-1',
      DEFAULT_COUNTRY: 'XX',
      RECONCILE_HOURS: '-1',
      SHUTDOWN_SECONDS: 'soon',
    });
    const named = message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0]);
    expect(new Set(named)).toEqual(
      new Set([
        'PORT',
        'PROBE_PORT',
        'CONNECTIONS_PER_ADDRESS',
        'TRUSTED_PROXIES',
        'SECRET_KEY_OLD',
        'PUBLIC_URL',
        'DATABASE_URL',
        'SECRET_KEY',
        'SALESFORCE_LOGIN_URL',
        'SALESFORCE_CLIENT_ID',
        'SALESFORCE_JWT_KEY',
        'SALESFORCE_PUBSUB_ADDRESS',
        'SALESFORCE_PUBSUB_CA_FILE',
        'SALESFORCE_API_VERSION',
        'SELLFIRE_URL',
        'SELLFIRE_API_KEY',
        'SELLFIRE_WEBHOOK_SECRET',
        'SMTP_URL',
        'MAIL_FROM',
        'ALERT_WEBHOOK_URL',
        'ALERT_WEBHOOK_FORMAT',
        'ALERT_WEBHOOK_SECRET',
        'ALERT_WEBHOOK_LOOPBACK',
        'ALERT_CALM_SECONDS',
        'OTEL_EXPORTER_OTLP_ENDPOINT',
        'LOG_LEVEL',
        'CONCURRENCY',
        'DEFAULT_COUNTRY',
        'RECONCILE_HOURS',
        'SHUTDOWN_SECONDS',
      ]),
    );
    expect(named).toHaveLength(30);
    expect(message).toContain('openssl rand -base64 32');
    expect(message).not.toContain('c2hvcnQ=');
    expect(message).not.toContain('short');
  });

  it('sends secrets and data in clear to loopback only', () => {
    expect(refusal({ ...GOOD, SELLFIRE_URL: 'http://sellfire.example' })).toContain('must begin with https://');
    expect(refusal({ ...GOOD, SELLFIRE_URL: 'http://127.0.0.1.example' })).toContain('must begin with https://');
    expect(refusal({ ...GOOD, SELLFIRE_URL: 'https://user:pass@sellfire.example' })).toContain('must not carry');
    expect(readConfig({ ...GOOD, SELLFIRE_URL: 'http://127.0.0.1:4000/' }).sellfire.url).toBe('http://127.0.0.1:4000');
  });

  it('asks for a public address when it listens on every address', () => {
    expect(refusal({ ...GOOD, HOST: '0.0.0.0' })).toContain('PUBLIC_URL is required');
    const config = readConfig({ ...GOOD, HOST: '0.0.0.0', PUBLIC_URL: 'https://bridge.example.com/' });
    expect(config.publicUrl).toBe('https://bridge.example.com');
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig({ ...GOOD, PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 8080, databaseUrl: undefined });
    expect(refusal({ ...GOOD, SELLFIRE_API_KEY: '' })).toContain('SELLFIRE_API_KEY is required');
  });

  it('takes a secret from a file, and from one place only', () => {
    const { SELLFIRE_API_KEY, ...rest } = GOOD;
    const path = file('api-key', `${SELLFIRE_API_KEY}\n`);
    expect(readConfig({ ...rest, SELLFIRE_API_KEY_FILE: path }).sellfire.apiKey).toBe(SELLFIRE_API_KEY);
    expect(refusal({ ...GOOD, SELLFIRE_API_KEY_FILE: path })).toContain('are both set');
    const absent = refusal({ ...rest, SELLFIRE_API_KEY_FILE: join(folder, 'absent') });
    expect(absent).toContain('SELLFIRE_API_KEY_FILE cannot be read (ENOENT)');
    expect(absent.split('\n')).toHaveLength(2);
    expect(refusal({ ...rest, SELLFIRE_API_KEY_FILE: file('empty', '\n') })).toContain('names an empty file');
  });

  it('takes the JWT key as PEM, from a file or in one line, with the user it is for', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const user = { ...GOOD, SALESFORCE_USERNAME: 'integration@example.com' };
    const expected = { key: privateKey.trim(), username: 'integration@example.com' };
    expect(readConfig({ ...user, SALESFORCE_JWT_KEY_FILE: file('key.pem', privateKey) }).salesforce.jwt).toEqual(
      expected,
    );
    const oneLine = privateKey.trim().replaceAll('\n', '\\n');
    expect(readConfig({ ...user, SALESFORCE_JWT_KEY: oneLine }).salesforce.jwt).toEqual(expected);
    expect(refusal({ ...user, SALESFORCE_JWT_KEY: 'not a key' })).toContain(
      'SALESFORCE_JWT_KEY must be an RSA private key',
    );
    expect(refusal({ ...GOOD, SALESFORCE_JWT_KEY: oneLine })).toContain('SALESFORCE_USERNAME is required');
  });

  it('takes a mail server with the address that alerts come from, both or neither', () => {
    const mail = (SMTP_URL: string, MAIL_FROM = 'sync@example.com') =>
      readConfig({ ...GOOD, SMTP_URL, MAIL_FROM }).mail;
    expect(readConfig(GOOD).mail).toBeUndefined();
    expect(mail('smtp://sync%40example.com:p%2Fss@mail.example.com', 'Sellfire Sync <sync@example.com>')).toEqual({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      loopback: false,
      user: 'sync@example.com',
      password: 'p/ss',
      from: { name: 'Sellfire Sync', address: 'sync@example.com' },
    });
    expect(mail('smtps://mail.example.com')).toMatchObject({ port: 465, secure: true, user: undefined });
    expect(mail('smtp://[::1]:2525/')).toMatchObject({ host: '::1', port: 2525, loopback: true });
    expect(mail('smtp://mail.example.com', 'Ann <b> <sync@example.com>')?.from.name).toBe('Ann <b>');
    for (const url of ['smtp://', 'http://mail.example.com', 'smtp://mail.example.com/?tls.rejectUnauthorized=false'])
      expect(refusal({ ...GOOD, SMTP_URL: url, MAIL_FROM: 'sync@example.com' })).toContain('SMTP_URL must be smtp://');
    for (const from of ['A\r\nBcc: b@example.com <a@example.com>', '<a@example.com>, b@example.com', 'a@example.com b'])
      expect(refusal({ ...GOOD, SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: from })).toContain('MAIL_FROM must be');
    expect(refusal({ ...GOOD, SMTP_URL: 'smtp://mail.example.com' })).toContain('MAIL_FROM is required');
    expect(refusal({ ...GOOD, MAIL_FROM: 'sync@example.com' })).toContain('SMTP_URL is required');
  });

  it('shows where mail goes and not by which password', () => {
    const path = file('smtp', 'smtps://sync:a%20pass@mail.example.com\n');
    const config = readConfig({ ...GOOD, SMTP_URL_FILE: path, MAIL_FROM: 'Sellfire <sync@example.com>' });
    expect(describeConfig(config)).toMatchObject({
      SMTP_URL: 'smtps://mail.example.com:465',
      MAIL_FROM: 'Sellfire <sync@example.com>',
    });
    expect(JSON.stringify(describeConfig(config))).not.toContain('pass');
    expect(secretsOf(config)).toContain('a pass');
  });

  it('takes the address of a database, shows it without its password, and keeps off what is none', () => {
    const url = 'postgres://bridge:p%2Fss-word@db.example.com:6432/sellfire?sslmode=verify-full';
    expect(readConfig(GOOD).databaseUrl).toBeUndefined();
    const config = readConfig({ ...GOOD, DATABASE_URL_FILE: file('database', `${url}\n`) });
    expect(config.databaseUrl).toBe(url);
    expect(describeConfig(config)).toMatchObject({ DATABASE_URL: 'postgres://bridge@db.example.com:6432/sellfire' });
    expect(secretsOf(config)).toEqual(expect.arrayContaining([url, 'p%2Fss-word', 'p/ss-word']));
    expect(readConfig({ ...GOOD, DATABASE_URL: 'postgresql://127.0.0.1/sellfire' }).databaseUrl).toBeDefined();
    for (const wrong of [
      'mysql://db/sellfire',
      'postgres://127.0.0.1',
      'postgres://a:%zz@127.0.0.1/sellfire',
      'sellfire',
    ])
      expect(refusal({ ...GOOD, DATABASE_URL: wrong })).toContain('DATABASE_URL must be the address of a PostgreSQL');
    // The sslmode is said where the database is on another machine: nothing travels in clear by oversight.
    expect(refusal({ ...GOOD, DATABASE_URL: 'postgres://db.example.com/sellfire' })).toContain('sslmode=verify-full');
    for (const mode of ['verify-full', 'disable'])
      expect(
        readConfig({ ...GOOD, DATABASE_URL: `postgres://db.example.com/sellfire?sslmode=${mode}` }).databaseUrl,
      ).toBeDefined();
  });

  it('takes a public address for alerts, signed unless a chat takes them, and shows neither it nor its secret (B24)', () => {
    const url = 'https://hooks.example.com/services/very-secret';
    const secret = 'a-secret-of-the-alerts-of-32-bytes';
    expect(readConfig(GOOD).alertWebhook).toBeUndefined();
    const config = readConfig({ ...GOOD, ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret });
    expect(config.alertWebhook).toEqual({ url, format: 'json', secret, loopback: false });
    expect(secretsOf(config)).toEqual(expect.arrayContaining([url, secret]));
    const printed = JSON.stringify(describeConfig(config));
    expect(printed).toContain('"ALERT_WEBHOOK_URL":"(set)"');
    expect(printed).not.toMatch(/very-secret|of-the-alerts/);
    const chat = readConfig({ ...GOOD, ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_FORMAT: 'slack' });
    expect(chat.alertWebhook).toMatchObject({ format: 'slack', secret: undefined });
    expect(refusal({ ...GOOD, ALERT_WEBHOOK_URL: url })).toContain('ALERT_WEBHOOK_SECRET is required');
    const here = { ...GOOD, ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/in', ALERT_WEBHOOK_SECRET: secret };
    expect(refusal(here)).toContain('ALERT_WEBHOOK_URL must begin with https://');
    expect(readConfig({ ...here, ALERT_WEBHOOK_LOOPBACK: 'true' }).alertWebhook?.loopback).toBe(true);
  });

  it('cannot be changed after it was read', () => {
    const config = readConfig(GOOD);
    for (const part of [config, config.salesforce, config.salesforce.pubsub, config.sellfire])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('is printed without a secret', () => {
    const SECRET_KEY_OLD = 'ab'.repeat(32);
    const config = readConfig({ ...GOOD, SALESFORCE_CLIENT_SECRET: 'a-client-secret', SECRET_KEY_OLD });
    const printed = JSON.stringify(describeConfig(config));
    expect(printed).toContain('"SALESFORCE_CLIENT_SECRET":"(set)"');
    expect(printed).toContain('"SALESFORCE_JWT_KEY":"(not set)"');
    expect(secretsOf(config)).toHaveLength(7);
    for (const secret of secretsOf(config)) expect(printed).not.toContain(secret);
  });
});
