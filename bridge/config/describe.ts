// Describes a configuration without its secrets, for `--print-config`, and lists the secrets, so that no log line contains one.
import type { Config } from '../config.ts';

/** The configured value of each variable without the secrets, for `--print-config`. */
export function describeConfig(config: Config): Record<string, string | number | null> {
  const presence = (secret: unknown): string => (secret === undefined ? '(not set)' : '(set)');
  const { salesforce, sellfire, mail } = config;
  return {
    ...(config.connection && { CONNECTION_NAME: config.connection.name }),
    HOST: config.host,
    PORT: config.port,
    PROBE_PORT: config.probePort,
    CONNECTIONS_PER_ADDRESS: config.connectionsPerAddress,
    TRUSTED_PROXIES: config.trustedProxies.join(',') || null,
    PUBLIC_URL: config.publicUrl ?? null,
    DATA_DIR: config.dataDir,
    DATABASE_URL: config.databaseUrl === undefined ? null : withoutPassword(config.databaseUrl),
    LEASE_SECONDS: config.leaseMs / 1000,
    SHARE_WORK: String(config.sharesWork),
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
    OTEL_EXPORTER_OTLP_ENDPOINT: config.tracesEndpoint ?? null,
    LOG_LEVEL: config.logLevel,
    CONCURRENCY: config.concurrency,
    DEFAULT_COUNTRY: config.defaultCountry,
    RECONCILE_HOURS: config.reconcileHours,
    START_SYNC: String(config.startSync),
    SHUTDOWN_SECONDS: config.shutdownSeconds,
  };
}

/** Parameters of the address may hold secrets as well. */
function withoutPassword(address: string): string {
  const { protocol, username, host, pathname } = new URL(address);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** As it stands in the address and as it is. */
function passwordOf(address: string | undefined): string[] {
  const { password = '' } = (address === undefined ? undefined : URL.parse(address)) ?? {};
  return password === '' ? [] : [password, decodeURIComponent(password)];
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
    config.databaseUrl,
    ...passwordOf(config.databaseUrl),
  ].filter((secret) => secret !== undefined);
}
