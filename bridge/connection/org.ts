// The Salesforce side of one connection: session, REST, Pub/Sub, and the port through which workers read and write records.
import type { Config } from '../config.ts';
import type { SalesforcePort } from '../model/ports.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { countryFields } from '../model/country.ts';
import { PERSON_ACCOUNT, type FollowedObject, type PersonObject } from '../model/salesforce.ts';
import { lookUpForSale } from '../salesforce/lookups/sales.ts';
import { createTimeZones } from '../salesforce/lookups/timeZones.ts';
import { createRecordStates } from '../salesforce/lookups/recordStates.ts';
import { writeGraph } from '../salesforce/api/graph.ts';
import { createPhones, type PhoneFields } from '../salesforce/lookups/phones.ts';
import { createPubSub, type PubSub } from '../salesforce/pubsub/client.ts';
import { createRecords } from '../salesforce/api/records.ts';
import { createRest, type Rest, type RestOptions } from '../salesforce/api/rest.ts';
import { createRowOrder, lockedBy } from '../salesforce/api/rowOrder.ts';
import { createSession, type JwtGrant, type RefreshGrant, type Session } from '../salesforce/auth/session.ts';
import { isMasked } from '../sync/mapping/typeTable.ts';
import { CONVERSION_FIELDS } from '../sync/link/conversion.ts';
import { phoneFields } from '../sync/mapping/phone.ts';
import { createRegionWrites } from './regionWrites.ts';
import { detailFieldName, stateFieldName } from '../sync/fields/stateFields.ts';
import type { SavedConnection } from './savedConnection.ts';

export interface Org {
  session: Session;
  rest: Rest;
  pubsub: PubSub;
  close(): Promise<void>;
}

/** The refresh token of a connection, which is sent once. */
export interface Rotation {
  /** @returns the token to send */
  begin(): Promise<string | undefined>;
  /** Saves what came in its place, before that is used; where nothing came, whoever waits may send the token. */
  end(token?: string): Promise<void>;
}

/**
 * @param calls `acquire` is called before each REST call, and rejects where it must not be made
 */
export function openOrg(
  config: Config,
  saved: SavedConnection,
  rotation: Rotation,
  { acquire, mayCall, connections }: Pick<RestOptions, 'acquire' | 'mayCall' | 'connections'> = {},
): Org {
  const session = createSession({
    ...clientOf(config),
    loginUrl: saved.loginUrl,
    orgId: saved.orgId,
    grant: grantOf(config, saved),
    beforeRefresh: rotation.begin,
    onRefreshToken: rotation.end,
    onNoRefreshToken: () => rotation.end(),
  });
  const rest = createRest({
    session,
    apiVersion: config.salesforce.apiVersion,
    ...(acquire ? { acquire } : {}),
    mayCall,
    connections,
  });
  const { address, ca } = config.salesforce.pubsub;
  const pubsub = createPubSub({ address, session, ...(ca === undefined ? {} : { ca }) });
  return {
    session,
    rest,
    pubsub,
    async close() {
      await pubsub.close();
      await rest.close();
    },
  };
}

export function clientOf({ salesforce }: Config): { loginUrl: string; clientId: string; clientSecret?: string } {
  const { loginUrl, clientId, clientSecret } = salesforce;
  return { loginUrl, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
}

/** @throws BridgeError JWT_MISSING, REFRESH_TOKEN_MISSING */
function grantOf(config: Config, saved: SavedConnection): JwtGrant | RefreshGrant {
  if (saved.grant === 'refresh') {
    if (saved.refreshToken) return { kind: 'refresh', refreshToken: saved.refreshToken };
    throw new BridgeError(explain('REFRESH_TOKEN_MISSING.notSaved', { org: saved.orgName }));
  }
  const { jwt } = config.salesforce;
  if (jwt) return { kind: 'jwt', privateKey: jwt.key, username: saved.username };
  throw new BridgeError(explain('JWT_MISSING.connected', { org: saved.orgName }));
}

/** The workers' access to the org. Single look-ups and writes of concurrent workers are gathered into batches. */
export function salesforcePort(rest: Rest, config: () => SyncConfig): SalesforcePort {
  const order = createRowOrder();
  const records = createRecords(rest, { order });
  const recordStates = createRecordStates(rest);
  const timeZones = createTimeZones(rest);
  const regions = createRegionWrites(records, config);
  const duplicates = () => ({ savesOverAlerts: config().settings.saveOverDuplicateAlerts });
  let phones: { prefix: string; finder: ReturnType<typeof createPhones> } | undefined;
  return {
    upsert: (object, externalIdField, externalId, fields, options) =>
      regions.write(object, undefined, fields, (coded) =>
        records.upsert(object, externalIdField, externalId, coded, { ...options, ...duplicates() }),
      ),
    update: (object, id, fields, options) =>
      regions.write(object, id, fields, (coded) => records.update(object, id, coded, { ...options, ...duplicates() })),
    async findByPhone(phone) {
      const { names } = config();
      if (phones?.prefix !== names.prefix) phones = { prefix: names.prefix, finder: createPhones(rest, names) };
      const found = await phones.finder.find([phone], {
        Lead: searchedFields(config(), 'Lead'),
        Contact: searchedFields(config(), 'Contact'),
      });
      return found.get(phone) ?? [];
    },
    lookUpForSale: (questions, answers) => lookUpForSale(rest, config(), questions, answers),
    writeTransaction: (nodes) =>
      regions.writeNodes(nodes, (coded) => order.run(lockedBy(coded), () => writeGraph(rest, coded, duplicates()))),
    timeZoneOf: timeZones.of,
    convertedFrom: (object, id) => recordStates.convertedFrom(object, id),
    recordState: (object, id) => recordStates.of(object, id),
    async read(object, id) {
      const row = await records.retrieve(object, id, [
        ...readFields(config(), object),
        'CreatedDate',
        'LastModifiedDate',
        'LastModifiedById',
      ]);
      if (!row) return null;
      const { CreatedDate, LastModifiedDate, LastModifiedById, ...fields } = row;
      return {
        createdAt: Date.parse(String(CreatedDate)),
        at: Date.parse(String(LastModifiedDate)),
        user: String(LastModifiedById ?? ''),
        fields,
      };
    },
  };
}

/** The phone fields of an object, and the country fields by which they are read. */
const searchedFields = (config: SyncConfig, object: PersonObject): PhoneFields[PersonObject] => ({
  phones: phoneFields(config, object),
  countries: countryFields(config.objects, object),
});

/**
 * The fields that a decision may need: those mapped, the lead's id, the country, the conversion of a Lead, and whether an Account is a
 * person.
 */
export function readFields(config: SyncConfig, object: FollowedObject): string[] {
  const known = config.objects[object]?.fields ?? {};
  const mapped = config.mappings.filter((one) => one.salesforceObject === object).map((one) => one.salesforceField);
  const lifecycleFields = object === 'Lead' ? CONVERSION_FIELDS : object === 'Account' ? [PERSON_ACCOUNT] : [];
  const { leadId, contactKey } = config.names;
  return [
    ...new Set([
      leadId,
      contactKey,
      stateFieldName(config),
      detailFieldName(config),
      ...countryFields(config.objects, object),
      ...lifecycleFields,
      ...mapped,
    ]),
  ].filter(
    // A mask is no value.
    (name) => known[name] !== undefined && !isMasked(known[name]),
  );
}
