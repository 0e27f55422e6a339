// What an admin changes during a history (M9, M19): each configuration with the part of the journals that was written under it.
import type { SyncConfig } from '../../bridge/model/config.ts';
import type { Settings } from '../../bridge/model/settings.ts';
import type { Simulation } from './simulation.ts';

export interface Era {
  config: SyncConfig;
  /** How many commits and events there were before it. */
  commits: number;
  events: number;
}

/**
 * Saves another configuration: every turn from now on is decided by it. One that is under way would end by the configuration that it began
 * with, so that a step waits for those first.
 */
export function reconfigure(simulation: Simulation, change: Partial<SyncConfig>): void {
  simulation.config = { ...simulation.config, ...change };
  const { config, org, dialer } = simulation;
  simulation.eras.push({ config, commits: org.stream.length, events: dialer.feed.lastSequence });
}

type Switch = {
  [K in keyof Settings]: Settings[K] extends boolean ? K : never;
}[keyof Settings];

/** Whether a setting was on from the start to the end. */
export const wasAlwaysOn = ({ eras }: Simulation, name: Switch): boolean =>
  eras.every(({ config }) => config.settings[name]);

/** Whether a setting was on at any time. */
export const wasEverOn = ({ eras }: Simulation, name: Switch): boolean =>
  eras.some(({ config }) => config.settings[name]);

/** Fields of a lead of which a mapping was changed, so that what both sides hold says nothing by itself (M9). */
export function changedFields({ eras }: Simulation): ReadonlySet<string> {
  const versions = new Map<string, Set<string>>();
  for (const { config } of eras)
    for (const mapping of config.mappings) {
      const place = `${mapping.sellfireField} ${mapping.salesforceObject}.${mapping.salesforceField}`;
      versions.set(place, (versions.get(place) ?? new Set()).add(`${mapping.rule} ${mapping.triggers.join(' ')}`));
    }
  const isWhole = (place: string): boolean =>
    eras.every(({ config }) =>
      config.mappings.some((one) => `${one.sellfireField} ${one.salesforceObject}.${one.salesforceField}` === place),
    );
  return new Set(
    [...versions]
      .filter(([place, of]) => of.size > 1 || !isWhole(place))
      .flatMap(([place]) => place.split(' ').slice(0, 1)),
  );
}
