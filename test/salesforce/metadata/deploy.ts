// A deployment: all components of a zip are read and checked against the org as it would be, and then either all of them
// take effect or none does, as in a production org.
// Source: Metadata API Developer Guide, "Deploying and Retrieving Metadata".
import type { EventsOrg } from '../pubsub/org.ts';
import { DeployPlan } from './deployPlan.ts';
import { DeployResults, type ComponentResult } from './deployResults.ts';
import { readPackage, type ReadPackage } from './package.ts';
import { prepare } from './prepared.ts';

export type { ComponentResult } from './deployResults.ts';

export interface DeployOptions {
  /** Every custom name of the package gets this prefix, as an installation would do. */
  namespace?: string | undefined;
  /** Check only, change nothing. */
  checkOnly?: boolean;
}

export interface DeployOutcome {
  success: boolean;
  components: ComponentResult[];
}

export const deployZip = async (org: EventsOrg, zip: Buffer, options: DeployOptions = {}): Promise<DeployOutcome> =>
  deployPackage(org, await readPackage(zip), options);

export function deployPackage(org: EventsOrg, read: ReadPackage, options: DeployOptions): DeployOutcome {
  const results = new DeployResults();
  for (const { type, fullName, fileName, problem } of read.problems)
    results.fail({ type, fullName, fileName }, problem);
  const plan = new DeployPlan(org, prepare(read.files, options.namespace), options.namespace, results);
  if (results.success && !options.checkOnly) plan.apply();
  return { success: results.success, components: results.all };
}
