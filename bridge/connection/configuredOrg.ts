// One org as the bridge uses it: its API within the budget, its configuration, and the records by which the org shows what the bridge
// found in both.
import { createConfigurations, type Configurations, type ConfigurationSources } from './configuration.ts';
import { openOrgInBudget, type OrgInBudget, type OrgInBudgetOptions } from './orgInBudget.ts';
import { createOrgMirror, type OrgMirror } from './orgMirror.ts';
import type { Attempts } from './retry.ts';
import type { Sellfire } from '../sellfire/client.ts';

export interface ConfiguredOrg {
  org: OrgInBudget;
  configurations: Configurations;
  orgMirror: OrgMirror;
  /** Ends what is under way, and closes the org. */
  stop(): Promise<void>;
}

type FromOrg = Omit<OrgInBudgetOptions, 'share' | 'alert'>;
type FromConfiguration = Pick<ConfigurationSources, 'onRead' | 'onRefreshed' | 'onReloaded' | 'creationRefusals'>;

export interface ConfiguredOrgOptions extends FromOrg, FromConfiguration {
  sellfire: Sellfire;
  attempts: Attempts;
}

export function openConfiguredOrg(options: ConfiguredOrgOptions): ConfiguredOrg {
  const { sellfire, attempts, logger, onRead } = options;
  const parts = new AsyncDisposableStack();
  const org = parts.adopt(
    openOrgInBudget({ ...options, share: () => configurations.share(), alert: sellfire.alert }),
    (one) => one.close(),
  );
  const orgMirror = parts.adopt(
    createOrgMirror({
      rest: org.canWait,
      reps: sellfire.reps,
      reload: () => configurations.reloadSoon(),
      attempts,
      logger,
    }),
    (one) => one.stop(),
  );
  const configurations: Configurations = parts.adopt(
    createConfigurations({
      ...options,
      rest: org.essential,
      session: org.session,
      country: options.config.defaultCountry,
      onRead(read, problems) {
        onRead?.(read, problems);
        void orgMirror.read(read, problems);
      },
    }),
    (one) => one.stop(),
  );
  return { org, configurations, orgMirror, stop: () => parts.disposeAsync() };
}
