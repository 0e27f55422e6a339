// Parses the environment once into a frozen configuration. An invalid one is refused before anything starts, and the message names
// every wrong variable and what to do about it. No message and no print contains the value of a secret.
import { X509Certificate, type KeyObject } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { addressProblem } from './alerts/address.ts';
import type { WebhookFormat } from './alerts/bodies.ts';
import { parses, type MailServer } from './config/values.ts';
import { explain } from './model/catalogue/catalogue.ts';
import { BridgeError } from './model/fault.ts';
import type { LogLevel } from './log.ts';
import { type Environment, collect, readText } from './config/environment.ts';
import { variables } from './config/variables.ts';

export interface Config {
  /** Which connection of a deployment it is; undefined for a bridge of its own. */
  readonly connection: { readonly name: string; readonly route: string } | undefined;
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
  /** The PostgreSQL that keeps the store instead of the file, with its password. */
  readonly databaseUrl: string | undefined;
  /** ms: so long does the lead of the database's processes stay with one that does not renew it. */
  readonly leaseMs: number;
  /** Whether this process, while it stands by, runs turns for the one that leads, and, while it leads, hands some to the others. */
  readonly sharesWork: boolean;
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
  /** The collector of traces (OTLP/HTTP); undefined: nothing is traced. */
  readonly tracesEndpoint: string | undefined;
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
    throw invalid(problems);
  }
  return build(parsed.data, ca);
}

/** @param problems one line for each wrong variable @returns BridgeError CONFIG_INVALID */
export function invalid(problems: readonly string[]): BridgeError {
  const list = problems.map((line) => `  ${line}`).join('\n');
  return new BridgeError(
    problems.length === 1
      ? explain('CONFIG_INVALID.one', { problems: list })
      : explain('CONFIG_INVALID.several', { count: problems.length, problems: list }),
  );
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
  const { CONNECTION_NAME: name, CONNECTION_ROUTE: route } = given;
  return Object.freeze({
    connection: name !== undefined && route !== undefined ? Object.freeze({ name, route }) : undefined,
    host: given.HOST,
    port: given.PORT,
    probePort: given.PROBE_PORT,
    connectionsPerAddress: given.CONNECTIONS_PER_ADDRESS,
    trustedProxies: Object.freeze(given.TRUSTED_PROXIES),
    publicUrl: given.PUBLIC_URL,
    dataDir,
    databaseFile: join(dataDir, 'bridge.sqlite'),
    databaseUrl: given.DATABASE_URL,
    leaseMs: given.LEASE_SECONDS * 1000,
    sharesWork: given.SHARE_WORK === 'true',
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
    tracesEndpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: given.LOG_LEVEL,
    concurrency: given.CONCURRENCY,
    defaultCountry: given.DEFAULT_COUNTRY,
    reconcileHours: given.RECONCILE_HOURS,
    startSync: given.START_SYNC === 'true',
    shutdownSeconds: given.SHUTDOWN_SECONDS,
  });
}
