// Parses the environment once into a frozen configuration. An invalid one is refused before anything starts, and the message names
// every wrong variable and what to do about it. No message and no print contains the value of a secret.
import { X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { addressProblem } from './alerts/address.ts';
import { WEBHOOK_FORMATS, type WebhookFormat } from './alerts/bodies.ts';
import { address, jwtKey, parses, proxies, secretKey, sender, smtp, whole, type MailServer } from './configValues.ts';
import { explain } from './model/catalogue/catalogue.ts';
import { BridgeError } from './model/fault.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Of probes and metrics. */
  readonly probePort: number;
  /** Connections and requests at once from one address. */
  readonly connectionsPerAddress: number;
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** The URL at which browsers and Sellfire reach the bridge, without a trailing slash. Absent: the address that it listens on. */
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** The SQLite file inside `dataDir`. */
  readonly databaseFile: string;
  /** 32 bytes that encrypt the secrets of the store (AES-256-GCM). A KeyObject, so that no print can reveal it. */
  readonly secretKey: KeyObject;
  /** The key before it, while it is replaced: what it sealed is opened, and sealed again with `secretKey`. */
  readonly oldSecretKey: KeyObject | undefined;
  readonly salesforce: {
    readonly loginUrl: string;
    readonly clientId: string;
    /** Absent for an app that signs in without a secret. */
    readonly clientSecret: string | undefined;
    /** For the JWT bearer flow; `key` is an RSA private key in PEM. */
    readonly jwt: { readonly key: string; readonly username: string } | undefined;
    /** `address` is host:port; `ca` is PEM, absent for the public certificate authorities. */
    readonly pubsub: { readonly address: string; readonly ca: string | undefined };
    /** For example `67.0`. */
    readonly apiVersion: string;
  };
  readonly sellfire: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string };
  /** The mail server that sends alerts. Absent: Sellfire sends them. */
  readonly mail: MailConfig | undefined;
  /** Where alerts are posted to. Absent: nowhere. */
  readonly alertWebhook: AlertWebhookConfig | undefined;
  /** How long a state has to last before somebody is alerted. */
  readonly alertCalmSeconds: number;
  readonly logLevel: LogLevel;
  /** Keys (leads) that are processed at the same time. */
  readonly concurrency: number;
  /** ISO 3166 alpha-2: the country of phone numbers without a country code. */
  readonly defaultCountry: string;
  /** The interval at which records changed in Salesforce are compared again; 0: only on request. */
  readonly reconcileHours: number;
  /** A headless set-up starts syncing as soon as an org is connected; otherwise an admin presses Start (B20). */
  readonly startSync: boolean;
  /** The longest duration of a graceful stop. */
  readonly shutdownSeconds: number;
}

export interface MailConfig extends MailServer {
  readonly from: { readonly name: string; readonly address: string };
}

export interface AlertWebhookConfig {
  /** A secret: whoever knows the address of a chat's webhook can write there. */
  readonly url: string;
  readonly format: WebhookFormat;
  /** Signs each body. */
  readonly secret: string | undefined;
  /** The receiver may be on the machine of the bridge. */
  readonly loopback: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables whose value may come from a file: the variable with the suffix `_FILE` gives its path. */
const SECRETS = [
  'SECRET_KEY',
  'SECRET_KEY_OLD',
  'SALESFORCE_CLIENT_SECRET',
  'SALESFORCE_JWT_KEY',
  'SELLFIRE_API_KEY',
  'SELLFIRE_WEBHOOK_SECRET',
  'SMTP_URL',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
] as const;

const variables = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535, 8080),
  PROBE_PORT: whole(0, 65_535, 8081),
  CONNECTIONS_PER_ADDRESS: whole(1, 500, 100),
  TRUSTED_PROXIES: proxies,
  PUBLIC_URL: address('the address at which browsers and Sellfire reach the bridge').optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .never({ error: 'is not supported in this version, which keeps its data in SQLite: unset it, and set DATA_DIR' })
    .optional(),
  SECRET_KEY: secretKey,
  SECRET_KEY_OLD: secretKey.optional(),
  SALESFORCE_LOGIN_URL: address('the address where users sign in to Salesforce').default(
    'https://login.salesforce.com',
  ),
  SALESFORCE_CLIENT_ID: z.string({ error: 'is required: the consumer key of the External Client App' }),
  SALESFORCE_CLIENT_SECRET: z.string().optional(),
  SALESFORCE_JWT_KEY: jwtKey,
  SALESFORCE_USERNAME: z.string().optional(),
  SALESFORCE_PUBSUB_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i, {
      error: 'must be host:port, for example api.pubsub.salesforce.com:7443',
    })
    .default('api.pubsub.salesforce.com:7443'),
  SALESFORCE_PUBSUB_CA_FILE: z.string().optional(),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^\d{2,3}\.0$/, { error: 'must be a version such as 67.0' })
    // The API version of the package's metadata.
    .default('67.0'),
  SELLFIRE_URL: address('the address of the Sellfire API'),
  SELLFIRE_API_KEY: z.string({ error: 'is required: an API key from the Sellfire setup page' }),
  SELLFIRE_WEBHOOK_SECRET: z
    .string({ error: 'is required: at least 32 characters; make one with: openssl rand -hex 32' })
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -hex 32' })
    .max(256, { error: 'must have at most 256 characters' }),
  SMTP_URL: smtp.optional(),
  MAIL_FROM: sender.optional(),
  ALERT_WEBHOOK_URL: z.string().optional(),
  ALERT_WEBHOOK_FORMAT: z
    .enum(WEBHOOK_FORMATS, { error: `must be one of ${WEBHOOK_FORMATS.join(', ')}` })
    .default('json'),
  ALERT_WEBHOOK_SECRET: z
    .string()
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -hex 32' })
    .max(256, { error: 'must have at most 256 characters' })
    .optional(),
  ALERT_WEBHOOK_LOOPBACK: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  // Two minutes outlast a restart of any of the systems.
  ALERT_CALM_SECONDS: whole(1, 3600, 120),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  // Two Salesforce collections of 200: one is filled while the other is in flight, so that a burst costs one API call for every
  // 100 to 200 records. Fewer keys would fill the collections less.
  CONCURRENCY: whole(1, 1000, 400),
  DEFAULT_COUNTRY: z
    .string()
    .transform((code) => code.toUpperCase())
    .refine((code) => isSupportedCountry(code), { error: 'must be a country code of two letters, such as US' })
    .default('US'),
  // A day bounds how long a lost event stays unnoticed, at one API call for 2,000 changed records.
  RECONCILE_HOURS: whole(0, 720, 24),
  START_SYNC: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  // Container platforms send SIGKILL 30 s after SIGTERM: five of them remain for the store to close.
  SHUTDOWN_SECONDS: whole(1, 600, 25),
});

/**
 * Reads the configuration. Empty variables count as absent.
 * @throws BridgeError CONFIG_INVALID, whose message has one line for each wrong variable.
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const given = collect(env, problems);
  const parsed = variables.safeParse(given);
  // A file that could not be read has a line of its own already.
  const reported = new Set(problems.map((line) => line.split(/_FILE |[ ]/)[0]));
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!reported.has(name)) problems.push(`${name} ${issue.message}`);
  }
  if (given['SALESFORCE_JWT_KEY'] && !given['SALESFORCE_USERNAME'])
    problems.push('SALESFORCE_USERNAME is required with SALESFORCE_JWT_KEY: the user that the bridge signs in as');
  if (given['SALESFORCE_USERNAME'] && !given['SALESFORCE_JWT_KEY'] && !reported.has('SALESFORCE_JWT_KEY'))
    problems.push(
      'SALESFORCE_JWT_KEY is required with SALESFORCE_USERNAME: give the path of a key in SALESFORCE_JWT_KEY_FILE',
    );
  if (given['SMTP_URL'] && !given['MAIL_FROM'])
    problems.push('MAIL_FROM is required with SMTP_URL: the address that alerts are sent from');
  if (given['MAIL_FROM'] && !given['SMTP_URL'] && !reported.has('SMTP_URL'))
    problems.push('SMTP_URL is required with MAIL_FROM; without both, Sellfire sends the alerts');
  const webhook = given['ALERT_WEBHOOK_URL'];
  const wrong = webhook && addressProblem(webhook, { loopback: given['ALERT_WEBHOOK_LOOPBACK'] === 'true' });
  if (wrong) problems.push(`ALERT_WEBHOOK_URL ${wrong}: give the public https address of the receiver`);
  if (webhook && (given['ALERT_WEBHOOK_FORMAT'] ?? 'json') === 'json' && !given['ALERT_WEBHOOK_SECRET'])
    problems.push(
      'ALERT_WEBHOOK_SECRET is required with ALERT_WEBHOOK_URL, unless ALERT_WEBHOOK_FORMAT is slack or teams',
    );
  if (/^(0\.0\.0\.0|::)$/.test(given['HOST'] ?? '') && !given['PUBLIC_URL'])
    problems.push('PUBLIC_URL is required when HOST is every address: where browsers and Sellfire reach the bridge');
  const ca = readAuthority(given['SALESFORCE_PUBSUB_CA_FILE'], problems);

  if (problems.length > 0 || !parsed.success) {
    const list = problems.map((line) => `  ${line}`).join('\n');
    throw new BridgeError(
      problems.length === 1
        ? explain('CONFIG_INVALID.one', { problems: list })
        : explain('CONFIG_INVALID.several', { count: problems.length, problems: list }),
    );
  }
  return build(parsed.data, ca);
}

/** The configured value of each variable without the secrets, for `--print-config`. */
export function describeConfig(config: Config): Record<string, string | number | null> {
  const presence = (secret: unknown): string => (secret === undefined ? '(not set)' : '(set)');
  const { salesforce, sellfire, mail } = config;
  return {
    HOST: config.host,
    PORT: config.port,
    PROBE_PORT: config.probePort,
    CONNECTIONS_PER_ADDRESS: config.connectionsPerAddress,
    TRUSTED_PROXIES: config.trustedProxies.join(',') || null,
    PUBLIC_URL: config.publicUrl ?? null,
    DATA_DIR: config.dataDir,
    SECRET_KEY: presence(config.secretKey),
    SECRET_KEY_OLD: presence(config.oldSecretKey),
    SALESFORCE_LOGIN_URL: salesforce.loginUrl,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: presence(salesforce.clientSecret),
    SALESFORCE_JWT_KEY: presence(salesforce.jwt?.key),
    SALESFORCE_USERNAME: salesforce.jwt?.username ?? null,
    SALESFORCE_PUBSUB_ADDRESS: salesforce.pubsub.address,
    SALESFORCE_PUBSUB_CA_FILE: presence(salesforce.pubsub.ca),
    SALESFORCE_API_VERSION: salesforce.apiVersion,
    SELLFIRE_URL: sellfire.url,
    SELLFIRE_API_KEY: presence(sellfire.apiKey),
    SELLFIRE_WEBHOOK_SECRET: presence(sellfire.webhookSecret),
    SMTP_URL: mail ? `${mail.secure ? 'smtps' : 'smtp'}://${mail.host}:${mail.port}` : null,
    MAIL_FROM: mail ? `${mail.from.name} <${mail.from.address}>`.trimStart() : null,
    ALERT_WEBHOOK_URL: presence(config.alertWebhook),
    ALERT_WEBHOOK_FORMAT: config.alertWebhook?.format ?? null,
    ALERT_WEBHOOK_SECRET: presence(config.alertWebhook?.secret),
    ALERT_WEBHOOK_LOOPBACK: config.alertWebhook ? String(config.alertWebhook.loopback) : null,
    ALERT_CALM_SECONDS: config.alertCalmSeconds,
    LOG_LEVEL: config.logLevel,
    CONCURRENCY: config.concurrency,
    DEFAULT_COUNTRY: config.defaultCountry,
    RECONCILE_HOURS: config.reconcileHours,
    START_SYNC: String(config.startSync),
    SHUTDOWN_SECONDS: config.shutdownSeconds,
  };
}

/** Every secret of the configuration, in each form in which a log line could contain it. */
export function secretsOf(config: Config): string[] {
  const keys = [config.secretKey, config.oldSecretKey].flatMap((key) => (key ? [key.export()] : []));
  const { salesforce, sellfire } = config;
  return [
    ...keys.flatMap((key) => [key.toString('base64'), key.toString('hex')]),
    salesforce.clientSecret,
    salesforce.jwt?.key,
    sellfire.apiKey,
    sellfire.webhookSecret,
    config.mail?.password,
    config.alertWebhook?.url,
    config.alertWebhook?.secret,
  ].filter((secret) => secret !== undefined);
}

/** The environment without empty values, with the secrets read from their files. */
function collect(env: Environment, problems: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value?.trim()) given[name] = value.trim();
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
    else {
      const text = readText(`${name}_FILE`, file, problems);
      if (text === '') problems.push(`${name}_FILE names an empty file`);
      else if (text !== undefined) given[name] = text;
    }
  }
  return given;
}

function readText(variable: string, file: string, problems: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    problems.push(`${variable} cannot be read (${code}): check the path and its permissions`);
    return undefined;
  }
}

function readAuthority(file: string | undefined, problems: string[]): string | undefined {
  if (file === undefined) return undefined;
  const pem = readText('SALESFORCE_PUBSUB_CA_FILE', file, problems);
  if (pem !== undefined && !parses(() => new X509Certificate(pem).subject !== undefined))
    problems.push('SALESFORCE_PUBSUB_CA_FILE must be a certificate in PEM');
  return pem;
}

function build(given: z.output<typeof variables>, ca: string | undefined): Config {
  const dataDir = resolve(given.DATA_DIR);
  const { SALESFORCE_JWT_KEY: key, SALESFORCE_USERNAME: username } = given;
  return Object.freeze({
    host: given.HOST,
    port: given.PORT,
    probePort: given.PROBE_PORT,
    connectionsPerAddress: given.CONNECTIONS_PER_ADDRESS,
    trustedProxies: Object.freeze(given.TRUSTED_PROXIES),
    publicUrl: given.PUBLIC_URL,
    dataDir,
    databaseFile: join(dataDir, 'bridge.sqlite'),
    secretKey: given.SECRET_KEY,
    oldSecretKey: given.SECRET_KEY_OLD,
    salesforce: Object.freeze({
      loginUrl: given.SALESFORCE_LOGIN_URL,
      clientId: given.SALESFORCE_CLIENT_ID,
      clientSecret: given.SALESFORCE_CLIENT_SECRET,
      jwt: key && username ? Object.freeze({ key, username }) : undefined,
      pubsub: Object.freeze({ address: given.SALESFORCE_PUBSUB_ADDRESS, ca }),
      apiVersion: given.SALESFORCE_API_VERSION,
    }),
    sellfire: Object.freeze({
      url: given.SELLFIRE_URL,
      apiKey: given.SELLFIRE_API_KEY,
      webhookSecret: given.SELLFIRE_WEBHOOK_SECRET,
    }),
    mail: given.SMTP_URL && given.MAIL_FROM ? Object.freeze({ ...given.SMTP_URL, from: given.MAIL_FROM }) : undefined,
    alertWebhook: given.ALERT_WEBHOOK_URL
      ? Object.freeze({
          url: given.ALERT_WEBHOOK_URL,
          format: given.ALERT_WEBHOOK_FORMAT,
          secret: given.ALERT_WEBHOOK_SECRET,
          loopback: given.ALERT_WEBHOOK_LOOPBACK === 'true',
        })
      : undefined,
    alertCalmSeconds: given.ALERT_CALM_SECONDS,
    logLevel: given.LOG_LEVEL,
    concurrency: given.CONCURRENCY,
    defaultCountry: given.DEFAULT_COUNTRY,
    reconcileHours: given.RECONCILE_HOURS,
    startSync: given.START_SYNC === 'true',
    shutdownSeconds: given.SHUTDOWN_SECONDS,
  });
}
