// Lists the variables of the environment, each with what its value has to be and its default.
import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { WEBHOOK_FORMATS } from '../alerts/bodies.ts';
import {
  address,
  connectionName,
  connectionRoute,
  database,
  jwtKey,
  proxies,
  secretKey,
  sender,
  smtp,
  whole,
} from './values.ts';
import { LOG_LEVELS } from '../log.ts';

export const variables = z.object({
  // Of a connection of a deployment: the process of the deployment sets both.
  CONNECTION_NAME: connectionName.optional(),
  CONNECTION_ROUTE: connectionRoute.optional(),
  // Of a deployment: more than a bridge of one org has ever needed, so that one that grows ends alone.
  CONNECTION_MEMORY_MB: whole(128, 65_536, 512),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535, 8080),
  PROBE_PORT: whole(0, 65_535, 8081),
  CONNECTIONS_PER_ADDRESS: whole(1, 500, 100),
  TRUSTED_PROXIES: proxies,
  PUBLIC_URL: address('the address at which browsers and Sellfire reach the bridge').optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: database.optional(),
  // A process that is gone is followed within this and a second; one that does not reach the database for so long stops working.
  LEASE_SECONDS: whole(2, 60, 10),
  // Processes that stand by run turns for the one that leads.
  SHARE_WORK: z.enum(['true', 'false'], { error: 'must be true or false' }).default('true'),
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
  OTEL_EXPORTER_OTLP_ENDPOINT: address('the address of the collector of traces').optional(),
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
