// What a connection is given is sealed for it alone, and its process has its own variables, those in common, and no secret of another.
import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../../bridge/deployment/deployment.ts';
import { newEntry } from '../../../bridge/deployment/entry.ts';
import { configOf, environmentOf, openOwn, readOwn, sealOwn } from '../../../bridge/deployment/ownEnvironment.ts';
import { LEAST_ENVIRONMENT } from '../../helpers/environment.ts';

const { SECRET_KEY, SALESFORCE_CLIENT_ID, ...OWN } = LEAST_ENVIRONMENT;
const ENV = { SECRET_KEY, SALESFORCE_CLIENT_ID, DATA_DIR: '/data', CONCURRENCY: '50', TRUSTED_PROXIES: '10.0.0.7' };
const deployment = readDeployment(ENV);
const textOf = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

describe('the name of a connection', () => {
  it.each(['../north', 'a/b', 'a.b', '.', '', 'North', 'nörd', '-a', 'a-', 'a b', 'x'.repeat(41), "a'; DROP SCHEMA"])(
    'is not %p',
    (name) => expect(() => newEntry(name)).toThrow(expect.objectContaining({ code: 'CONNECTION_NAME_INVALID' })),
  );

  it('gives it an address that nobody can guess, and a place that no other one ever has', () => {
    const [one, two] = [newEntry('north-1'), newEntry('north-1')];
    expect(one.route).toMatch(/^[a-z2-7]{26}$/);
    expect(one.place).toMatch(/^bridge_north_1_[a-z2-7]{8}$/);
    expect([two.route, two.place]).not.toContain(one.route);
    expect(two.place).not.toBe(one.place);
    expect(newEntry('x'.repeat(40)).place.length).toBeLessThanOrEqual(63);
  });
});

describe('the variables of a connection', () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are what is given, its secrets read from their files, without what the deployment sets', () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'an-api-key\n');
    const { SELLFIRE_API_KEY: _, ...rest } = OWN;
    const { own, leftOut } = readOwn(
      textOf({ ...rest, SELLFIRE_API_KEY_FILE: file, PORT: '1', PUBLIC_URL: 'https://x', SELFIRE_URL: 'typo' }),
    );
    expect(own).toMatchObject({ ...rest, SELLFIRE_API_KEY: 'an-api-key' });
    expect(leftOut.toSorted()).toEqual(['PORT', 'PUBLIC_URL', 'SELFIRE_URL']);
    expect(() => readOwn('SELLFIRE_API_KEY_FILE=/nowhere\n')).toThrow('SELLFIRE_API_KEY_FILE cannot be read');
  });

  it('bring keys that nobody has given, and keep them over a change', () => {
    const [one, two] = [readOwn('').own, readOwn('').own];
    expect(one['SECRET_KEY']).not.toBe(two['SECRET_KEY']);
    expect(one['SELLFIRE_WEBHOOK_SECRET']).toHaveLength(64);
    expect(readOwn('', one).own).toEqual(one);
  });

  it('open for their connection alone, with the present key or the one before it', () => {
    const [north, south] = [newEntry('north'), newEntry('south')];
    const sealed = sealOwn(deployment, north, OWN);
    expect(sealed).not.toContain(OWN.SELLFIRE_API_KEY);
    expect(openOwn(deployment, north, sealed)).toEqual({ own: OWN, isOld: false });
    const wrong = expect.objectContaining({ code: 'CONNECTION_SEALED' });
    expect(() => openOwn(deployment, south, sealed)).toThrow(wrong);
    expect(() => openOwn(deployment, newEntry('north'), sealed)).toThrow(wrong);
    const secretKey = createSecretKey(randomBytes(32));
    expect(openOwn({ secretKey, oldSecretKey: deployment.secretKey }, north, sealed)).toEqual({
      own: OWN,
      isOld: true,
    });
    expect(() => openOwn({ secretKey, oldSecretKey: undefined }, north, sealed)).toThrow(wrong);
  });
});

describe('the environment of its process', () => {
  const entry = newEntry('north');
  const { own } = readOwn(textOf(OWN));

  it('has what all have in common, its own before it, and no secret of the deployment', () => {
    const env = environmentOf(deployment, 'https://bridge.example', entry, own);
    expect(env).toMatchObject({ SALESFORCE_CLIENT_ID, CONCURRENCY: '50', ...OWN, PORT: '0', HOST: '127.0.0.1' });
    expect(Object.values(env)).not.toContain(SECRET_KEY);
    const config = configOf(deployment, 'https://bridge.example', entry, { ...own, CONCURRENCY: '7' });
    expect(config).toMatchObject({
      connection: { name: 'north', route: entry.route },
      publicUrl: `https://bridge.example/c/${entry.route}`,
      databaseFile: `/data/connections/${entry.place}/bridge.sqlite`,
      trustedProxies: ['127.0.0.1', '10.0.0.7'],
      concurrency: 7,
    });
  });

  it('has a schema of its own in the database of the deployment, and its own database where it brings one', () => {
    const DATABASE_URL = 'postgres://user:pass@127.0.0.1/bridge?options=-c%20search_path%3Dothers';
    const shared = readDeployment({ ...ENV, DATABASE_URL });
    const { databaseUrl } = configOf(shared, 'https://bridge.example', entry, own);
    expect(new URL(databaseUrl ?? '').searchParams.get('options')).toMatch(
      /^-c search_path=others -c search_path=bridge_north_[a-z2-7]{8}$/,
    );
    const brought = { ...own, DATABASE_URL: 'postgres://127.0.0.1/other' };
    expect(configOf(shared, 'https://bridge.example', entry, brought).databaseUrl).toBe(brought.DATABASE_URL);
    expect(configOf(shared, 'https://bridge.example', entry, { ...own, DATA_DIR: '/old' })).toMatchObject({
      databaseUrl: undefined,
      dataDir: '/old',
    });
  });
});
