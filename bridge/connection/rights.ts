// What the connected user may do, read when the org is connected, every hour, when a refusal shows that a right is lost, and when an
// admin requests it (M1, B23). The same read lists the objects that can be mapped, and writes them to the org.
import type { Logger } from 'pino';
import type { SyncConfig } from '../model/config.ts';
import type { Right } from '../model/right.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { mirrorMappableObjects } from '../salesforce/org/mappableObjects.ts';
import { readObjects } from '../salesforce/org/schema.ts';
import { readUserPermissions } from '../salesforce/org/userPermissions.ts';
import { triggersOf } from '../sync/mapping/mappableObject.ts';
import { checkPermissions, checkUserPermissions, EXCESSIVE } from '../sync/rights.ts';

export interface Rights {
  /** Empty until the first read. */
  current(): readonly Right[];
  /** Two API calls, and those of the mirror. @throws PeerError */
  read(): Promise<readonly Right[]>;
}

export interface RightsOptions {
  rest: Rest;
  /** The connected user. */
  userId: string;
  config: () => SyncConfig;
  logger: Logger;
}

export function createRights({ rest, userId, config, logger }: RightsOptions): Rights {
  let current: readonly Right[] = [];
  return {
    current: () => current,
    async read() {
      const { names, settings, mappings, objects } = config();
      const access = await readObjects(rest);
      const described = new Map(
        [...FOLLOWED_OBJECTS, 'Opportunity'].flatMap((name) => (objects[name] ? [[name, objects[name]] as const] : [])),
      );
      const granted = await readUserPermissions(rest, userId, EXCESSIVE);
      current = [
        ...checkPermissions(names, access, described, { settings, mappings }),
        ...(granted ? [checkUserPermissions(granted, settings)] : []),
      ];
      const lacking = current.filter(({ missing }) => missing.length > 0).map(({ object }) => object);
      const excess = current.filter((right) => right.excess.length > 0).map(({ object }) => object || 'user');
      logger.info({ event: 'rights_read', lacking, excess }, 'The rights of the connected user were read');
      const mappable = [...access].flatMap(([name, object]) => {
        const triggers = triggersOf(name, object, names.prefix);
        return triggers ? [{ name, ...object, triggers }] : [];
      });
      const { added, changed, removed, refused } = await mirrorMappableObjects(rest, names, mappable);
      if (added.length + changed.length + removed.length > 0)
        logger.info(
          { event: 'objects_mirrored', added, changed, removed },
          'The objects that can be mapped were written to the org',
        );
      for (const { key, fault } of refused)
        logger.warn(
          { event: 'object_refused', key, code: fault.code, message: fault.message },
          'An object that can be mapped was refused',
        );
      return current;
    },
  };
}
