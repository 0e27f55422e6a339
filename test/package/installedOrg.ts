// A local org with the package in it, and what an administrator and the bridge do there.
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { flowAutomation } from '../salesforce/flows/automation.ts';
import { deployFolder } from '../salesforce/metadata.ts';
import { PlatformError, type Row } from '../salesforce/model.ts';
import { createOrg, type Org } from '../salesforce/org.ts';
import { eventBus } from '../salesforce/pubsub/bus.ts';

export interface InstalledOrg {
  org: Org;
  /** As an administrator would. @returns the id */
  create(object: string, values: Row): string;
  update(object: string, id: string, values: Row): void;
  remove(object: string, id: string): void;
  /** As the bridge would; resolves when the flows have run. @throws Error where one of them failed */
  publish(event: string, values: Row): Promise<void>;
  /** The messages of one platform event that the work publishes, in order. */
  published(event: string, work: () => void): Row[];
  close(): void;
}

export async function installPackage(): Promise<InstalledOrg> {
  const org = createOrg();
  await deployFolder(org, PACKAGE_DIRECTORY);
  const admin = { user: org.users.admin.id, origin: '' };
  const bridge = { user: org.users.integration.id, origin: '' };
  let received: { entity: string; fields: Row }[] = [];
  eventBus(org).onPublished((event) => received.push(event));
  return {
    org,
    create: (object, values) => org.transact(admin, (tx) => tx.create(object, values)),
    update: (object, id, values) => org.transact(admin, (tx) => tx.update(object, id, values)),
    remove: (object, id) => org.transact(admin, (tx) => tx.remove(object, id)),
    async publish(event, values) {
      org.publish(bridge, event, values);
      await flowAutomation(org).idle();
      const [failure] = flowAutomation(org).failures;
      if (failure) throw new Error(`${failure.flow}: ${failure.message}`);
    },
    published(event, work) {
      received = [];
      work();
      return received.filter(({ entity }) => entity === event).map(({ fields }) => fields);
    },
    close: () => org.close(),
  };
}

/** Code and words with which the org refuses the work, or `accepted`. */
export function refusal(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return `${error.errorCode}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
