// What follows from the configuration alone is computed once for each configuration, not for each change. A configuration
// is never changed in place: a new one replaces it, and takes the computed values of the old one with it.
import type { SyncConfig } from '../../model/config.ts';

/** @returns the same function, whose result is kept for as long as the configuration is in use. Keep it unchanged. */
export function compiled<T>(
  compute: (config: SyncConfig, objects: readonly string[]) => T,
): (config: SyncConfig, objects?: readonly string[]) => T {
  const kept = new WeakMap<SyncConfig, Map<string, T>>();
  return (config, objects = []) => {
    let ofConfig = kept.get(config);
    if (!ofConfig) kept.set(config, (ofConfig = new Map()));
    const key = objects.join(' ');
    let result = ofConfig.get(key);
    if (result === undefined) ofConfig.set(key, (result = compute(config, objects)));
    return result;
  };
}
