// The deployments of an org: each has an id, runs by itself, and keeps its result for as long as the org lives.
// Source: Metadata API Developer Guide, "DeployResult".
import { idAt } from '../ids.ts';
import type { EventsOrg } from '../pubsub/org.ts';
import { deployZip, type ComponentResult, type DeployOptions, type DeployOutcome } from './deploy.ts';

/** In the API's own words and names, so that SOAP and REST only differ in writing it down. */
export interface DeployResult {
  id: string;
  status: 'InProgress' | 'Succeeded' | 'Failed';
  done: boolean;
  success: boolean;
  checkOnly: boolean;
  ignoreWarnings: boolean;
  rollbackOnError: boolean;
  runTestsEnabled: boolean;
  createdBy: string;
  createdByName: string;
  createdDate: string;
  startDate: string;
  lastModifiedDate: string;
  completedDate?: string;
  numberComponentErrors: number;
  numberComponentsDeployed: number;
  numberComponentsTotal: number;
  numberTestErrors: number;
  numberTestsCompleted: number;
  numberTestsTotal: number;
  errorMessage?: string;
  errorStatusCode?: string;
  details?: {
    componentSuccesses: ComponentMessage[];
    componentFailures: ComponentMessage[];
    runTestResult: { numFailures: number; numTestsRun: number; totalTime: number };
  };
}

type ComponentMessage = ComponentResult & { createdDate: string; deleted: boolean; problemType?: 'Error' };

interface Running {
  id: string;
  user: { id: string; name: string };
  checkOnly: boolean;
  startedAt: string;
  completedAt?: string;
  outcome?: DeployOutcome;
  /** Where the deployment could not even be read. */
  error?: string;
}

/** Key prefix of asynchronous deployments. */
const KEY_PREFIX = '0Af';

export class Deployments {
  private readonly org: EventsOrg;
  private readonly all = new Map<string, Running>();
  /** One deployment at a time, as in an org. */
  private last: Promise<void> = Promise.resolve();

  constructor(org: EventsOrg) {
    this.org = org;
  }

  /** Queues the deployment and returns its id at once. */
  start(zip: Buffer, user: { id: string; name: string }, options: DeployOptions): string {
    const id = idAt(KEY_PREFIX, this.all.size + 1);
    const running: Running = { id, user, checkOnly: options.checkOnly === true, startedAt: this.now() };
    this.all.set(id, running);
    this.last = this.last.then(async () => {
      try {
        running.outcome = await deployZip(this.org, zip, options);
      } catch (error) {
        running.error = error instanceof Error ? error.message : String(error);
      }
      running.completedAt = this.now();
    });
    return id;
  }

  result(id: string, includeDetails: boolean): DeployResult | undefined {
    const running =
      this.all.get(id) ?? [...this.all.values()].find((other) => other.id.startsWith(id) && id.length === 15);
    if (!running) return undefined;
    const { user, outcome, error, startedAt, completedAt } = running;
    const components = outcome?.components ?? [];
    const failures = components.filter((component) => !component.success);
    const successes = components.filter((component) => component.success);
    const done = completedAt !== undefined;
    const success = outcome?.success === true;
    const message = (component: ComponentResult): ComponentMessage => ({
      ...component,
      createdDate: startedAt,
      deleted: false,
      ...(component.success ? {} : { problemType: 'Error' as const }),
    });
    return {
      id: running.id,
      status: !done ? 'InProgress' : success ? 'Succeeded' : 'Failed',
      done,
      success,
      checkOnly: running.checkOnly,
      ignoreWarnings: false,
      rollbackOnError: true,
      runTestsEnabled: false,
      createdBy: user.id,
      createdByName: user.name,
      createdDate: startedAt,
      startDate: startedAt,
      lastModifiedDate: completedAt ?? startedAt,
      ...(completedAt === undefined ? {} : { completedDate: completedAt }),
      numberComponentErrors: failures.length,
      numberComponentsDeployed: success ? successes.length : 0,
      numberComponentsTotal: components.length,
      numberTestErrors: 0,
      numberTestsCompleted: 0,
      numberTestsTotal: 0,
      ...(error === undefined ? {} : { errorMessage: error, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
      ...(includeDetails && done
        ? {
            details: {
              // All or nothing: where something failed, nothing took effect.
              componentSuccesses: successes.map((component) => ({
                ...message(component),
                ...(success ? {} : { created: false, changed: false }),
              })),
              componentFailures: failures.map(message),
              runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
            },
          }
        : {}),
    };
  }

  private now(): string {
    return new Date(this.org.clock()).toISOString();
  }
}

const known = new WeakMap<EventsOrg, Deployments>();

export function deploymentsOf(org: EventsOrg): Deployments {
  const deployments = known.get(org) ?? new Deployments(org);
  known.set(org, deployments);
  return deployments;
}
