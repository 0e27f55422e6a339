// The configuration of one connection as the core uses it: read from the org and from Sellfire, and cached. A mapping or a setting
// that an admin saves takes effect without a restart: the configuration is read again.
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { coalesced } from '../lib/singleFlight.ts';
import { CREATION_TARGETS, type CreationRefusals, type SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { asMessage, say, type Message } from '../model/message.ts';
import { recordTypeProblem, wantedRecordTypes } from '../model/recordType.ts';
import { FOLLOWED_OBJECTS, type SalesforceField } from '../model/salesforce.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import { readConfiguration, type ConfigurationProblem } from '../salesforce/org/configurationRecords.ts';
import { readOrganization } from '../salesforce/org/organization.ts';
import { findPackage, readObjects, readSchema } from '../salesforce/org/schema.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import type { Session } from '../salesforce/auth/session.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { creationPause } from '../sync/link/creationPause.ts';
import { mappingStatuses } from '../sync/mapping/status.ts';
import { isPhoneMapped } from '../sync/mapping/rules.ts';
import type { Attempts } from './retry.ts';

export interface Configurations {
  /** @throws BridgeError NOT_CONFIGURED until it is read */
  current(): SyncConfig;
  /** Reads everything again. Concurrent calls share one read; a call during a read starts another one after it. */
  reload(): Promise<SyncConfig>;
  /** Reads it shortly after the last call, and retries until a read succeeds. */
  reloadSoon(): void;
  /** Takes over what Salesforce's refusals say by now. Nothing is read. */
  refresh(): void;
  /** Percent of the org's API calls that the bridge may make: the default until the settings are read (M19). */
  share(): number;
  /** Whether the primary phone is mapped; nothing syncs without it. */
  phoneMapped(): boolean;
  /** IANA name of the org's time zone; UTC until it is read. */
  timeZone(): string;
  /** The mappings and records that cannot work. */
  problems(): readonly Message[];
  /** Resolves when the read under way has ended. */
  stop(): Promise<void>;
}

export interface ConfigurationSources {
  rest: Rest;
  session: Session;
  sellfire: Pick<Sellfire, 'fields'>;
  country: string;
  attempts: Attempts;
  logger: Logger;
  /** Called after each read that `reloadSoon` started. */
  onReloaded?: () => void;
  /** Called after each read, with the records that could not be parsed. */
  onRead?: (config: SyncConfig, problems: readonly ConfigurationProblem[]) => void;
  /** Called after each refresh. */
  onRefreshed?: (config: SyncConfig) => void;
  creationRefusals?: () => CreationRefusals;
}

/** An admin often saves several mappings in a row: one read covers them. */
const SETTLE_MS = 200;

export function createConfigurations(sources: ConfigurationSources): Configurations {
  let config: SyncConfig | undefined;
  let problems: readonly Message[] = [];
  let unread: readonly ConfigurationProblem[] = [];

  async function read(): Promise<SyncConfig> {
    const { rest, session, sellfire, country, logger } = sources;
    const begunAt = new Date().toISOString();
    const { orgId, userId, instanceUrl } = await session.token();
    const visible = await readObjects(rest);
    const names = findPackage(visible);
    const [configuration, catalogue] = await Promise.all([readConfiguration(rest, names), sellfire.fields()]);
    const recordTypes = wantedRecordTypes(configuration.settings);
    const objectNames = [
      ...FOLLOWED_OBJECTS,
      ...(recordTypes['Opportunity'] ? ['Opportunity'] : []),
      ...(configuration.settings.activitySync ? ['Task'] : []),
      ...configuration.mappings.map((one) => one.salesforceObject),
    ];
    const [schema, { timeZone, currencies }] = await Promise.all([
      readSchema(rest, objectNames, recordTypes),
      readOrganization(rest, visible),
    ]);
    const { mappings, settings } = configuration;
    const objects = inTimeZone(Object.fromEntries(schema.objects), timeZone);
    const about = { orgId, orgUrl: instanceUrl, user: userId, timeZone, currencies, country };
    unread = configuration.problems;
    use({ ...about, names, mappings, settings, objects, catalogue });
    sources.onRead?.(current(), unread);
    logger.info(
      {
        event: 'configuration_read',
        begunAt,
        mappings: mappings.length,
        problems: problems.length,
        phoneMapped: isPhoneMapped(current()),
      },
      'The configuration was read',
    );
    return current();
  }

  /** @param read without what Salesforce's refusals say */
  function use(read: SyncConfig): void {
    const next: SyncConfig = { ...read, creationRefusals: sources.creationRefusals?.() ?? {} };
    config = next;
    problems = [
      ...unread.map(({ name, reason }) => notWorking(name, reason)),
      ...mappingStatuses(next)
        .filter(({ dead }) => dead)
        .map(({ mapping, reason }) => notWorking(`${mapping.sellfireField} → ${mapping.salesforceField}`, reason)),
      ...CREATION_TARGETS.flatMap((target) => creationPause(next, target) ?? []).map(asMessage),
      ...['Account', 'Opportunity'].flatMap((object) => recordTypeProblem(next.objects, object) ?? []).map(asMessage),
    ];
  }

  function current(): SyncConfig {
    if (config) return config;
    throw new BridgeError(explain('NOT_CONFIGURED'));
  }

  const reload = coalesced(read);
  const reloading = every({
    ms: Infinity,
    work: () =>
      sources.attempts.run('the configuration is read', async () => {
        await reload();
        sources.onReloaded?.();
      }),
  });

  return {
    current,
    reload,
    refresh() {
      if (!config) return;
      use(config);
      sources.onRefreshed?.(config);
    },
    reloadSoon: () => reloading.after(SETTLE_MS),
    timeZone: () => config?.timeZone ?? 'UTC',
    share: () => (config?.settings ?? DEFAULT_SETTINGS).apiShare,
    phoneMapped: () => config !== undefined && isPhoneMapped(config),
    problems: () => problems,
    stop: reloading.stop,
  };
}

/** The English sentence has the reason; in another language the Field Mappings page has it. */
const notWorking = (name: string, reason: string): Message => ({
  ...say('mappingProblem', { name }),
  sentence: `${name}: ${reason}`,
});

/** Moments and days of the org's fields are those of its time zone. */
function inTimeZone(objects: SyncConfig['objects'], timeZone: string): SyncConfig['objects'] {
  const placed = (field: SalesforceField): SalesforceField =>
    ['date', 'datetime'].includes(field.type) ? { ...field, timeZone } : field;
  return mapValues(objects, (object) => ({ ...object, fields: mapValues(object.fields, placed) }));
}

const mapValues = <T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
