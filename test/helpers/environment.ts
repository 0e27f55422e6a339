// The environment of a bridge, as whoever runs one sets it: what it needs to start at all, and what connects it to a local org and
// a local Sellfire. A variable that becomes required is added here, and every test, the demo and the benchmark have it.
import { randomBytes } from 'node:crypto';

/** The least that the configuration accepts; nobody listens at these addresses. */
export const LEAST_ENVIRONMENT = {
  SECRET_KEY: randomBytes(32).toString('base64'),
  SALESFORCE_CLIENT_ID: 'consumer-key',
  SELLFIRE_URL: 'https://api.sellfire.example',
  SELLFIRE_API_KEY: 'an-api-key-of-sellfire',
  SELLFIRE_WEBHOOK_SECRET: 'w'.repeat(40),
};

/** Where a local org is and how the bridge signs in to it. */
interface OrgAddress {
  restUrl: string;
  pubsubUrl: string;
  caFile: string;
  clientId: string;
  clientSecret: string;
  keyFile: string;
}

interface SellfireAddress {
  url: string;
  apiKey: string;
}

/** Signs in by key as this user; its secrets are new with each call. */
export function bridgeEnvironment(org: OrgAddress, username: string, sellfire: SellfireAddress) {
  return {
    SECRET_KEY: randomBytes(32).toString('base64'),
    SALESFORCE_LOGIN_URL: org.restUrl,
    SALESFORCE_CLIENT_ID: org.clientId,
    SALESFORCE_CLIENT_SECRET: org.clientSecret,
    SALESFORCE_JWT_KEY_FILE: org.keyFile,
    SALESFORCE_USERNAME: username,
    SALESFORCE_PUBSUB_ADDRESS: org.pubsubUrl,
    SALESFORCE_PUBSUB_CA_FILE: org.caFile,
    SELLFIRE_URL: sellfire.url,
    SELLFIRE_API_KEY: sellfire.apiKey,
    SELLFIRE_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
  };
}
