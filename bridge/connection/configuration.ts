// The configuration of one connection as the core uses it: read from the org and from Sellfire, and cached. A mapping or a setting
// that an admin saves takes effect without a restart: the configuration is read again.
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { coalesced } from '../lib/singleFlight.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { asMessage, say, type Message } from '../model/message.ts';
import { FOLLOWED_OBJECTS, PERSON_OBJECTS, type SalesforceField } from '../model/salesforce.ts';
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
}

/** An admin often saves several mappings in a row: one read covers them. */
const SETTLE_MS = 200;

export function createConfigurations(sources: ConfigurationSources): Configurations {
  let config: SyncConfig | undefined;
  let problems: readonly Message[] = [];

  async function read(): Promise<SyncConfig> {
    const { rest, session, sellfire, country, logger } = sources;
    const { orgId, userId, instanceUrl } = await session.token();
    const visible = await readObjects(rest);
    const names = findPackage(visible);
    const [configuration, catalogue] = await Promise.all([readConfiguration(rest, names), sellfire.fields()]);
    const objectNames = [
      ...FOLLOWED_OBJECTS,
      ...(configuration.settings.activitySync ? ['Task'] : []),
      ...configuration.mappings.map((one) => one.salesforceObject),
    ];
    const [schema, { timeZone, currencies }] = await Promise.all([
      readSchema(rest, objectNames),
      readOrganization(rest, visible),
    ]);
    const { mappings, settings } = configuration;
    const objects = inTimeZone(Object.fromEntries(schema.objects), timeZone);
    const about = { orgId, orgUrl: instanceUrl, user: userId, timeZone, currencies, country };
    config = { ...about, names, mappings, settings, objects, catalogue };
    problems = [
      ...configuration.problems.map(({ name, reason }) => notWorking(name, reason)),
      ...mappingStatuses(config)
        .filter(({ dead }) => dead)
        .map(({ mapping, reason }) => notWorking(`${mapping.sellfireField} → ${mapping.salesforceField}`, reason)),
    ];
    const read = config;
    problems = [...problems, ...PERSON_OBJECTS.flatMap((object) => creationPause(read, object) ?? []).map(asMessage)];
    sources.onRead?.(config, configuration.problems);
    logger.info(
      {
        event: 'configuration_read',
        mappings: mappings.length,
        problems: problems.length,
        phoneMapped: isPhoneMapped(config),
      },
      'The configuration was read',
    );
    return config;
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
    current() {
      if (config) return config;
      throw new BridgeError(explain('NOT_CONFIGURED'));
    },
    reload,
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
