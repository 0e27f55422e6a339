// What the connected user must be allowed, checked one by one when the bridge connects, each with what an admin does about it
// (M1). A permission that is missing here shows later as changes that never come, or writes that are refused.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { PackageNames, SalesforceObject } from '../../model/salesforce.ts';
import { PERSON_OBJECTS } from '../../model/salesforce.ts';
import type { ObjectAccess } from './schema.ts';

export interface PermissionCheck {
  /** `Account`, `Lead.sellfire__Phase__c` */
  what: string;
  ok: boolean;
  /** `view`, `create`, `update` */
  missing: string[];
  /** Where something is missing. */
  problem?: Explanation;
}

type Right = 'view' | 'create' | 'update';

const CUSTOMER_OBJECTS = ['Account', 'Contact', 'Opportunity', 'OpportunityLineItem', 'Lead'];
/** A platform event is read by subscribing and created by publishing. */
const PACKAGE_OBJECTS: [name: string, rights: Right[]][] = [
  ['Field_Mapping__c', ['view']],
  ['Sync_Settings__c', ['view']],
  ['Integration_Report__e', ['create']],
  ['Bridge_Status__e', ['create']],
];

/**
 * From what describe tells the connected user. It does not tell View All Records, without which change events of other
 * users' records are silently not delivered: the action of each followed object names it.
 */
export function checkPermissions(
  names: PackageNames,
  access: ReadonlyMap<string, ObjectAccess>,
  objects: ReadonlyMap<string, SalesforceObject>,
): PermissionCheck[] {
  const checks = CUSTOMER_OBJECTS.map((object) =>
    check(object, missingOf(access.get(object), ['view', 'create', 'update']), (rights) =>
      explain('RIGHT_MISSING.ofCustomer', { rights, object }),
    ),
  );
  for (const [object, rights] of PACKAGE_OBJECTS)
    checks.push(check(names.prefix + object, missingOf(access.get(names.prefix + object), rights), ofPackage));
  for (const object of PERSON_OBJECTS)
    for (const field of [names.leadId, names.phase, names.ownedRepId]) {
      const described = objects.get(object)?.fields[field];
      const accessOfField = described && { ...described, queryable: true };
      checks.push(check(`${object}.${field}`, missingOf(accessOfField, ['view', 'create', 'update']), ofPackage));
    }
  return checks;
}

const ofPackage = (rights: string): Explanation => explain('RIGHT_MISSING.ofPackage', { rights });

function missingOf(access: ObjectAccess | undefined, rights: Right[]): string[] {
  const has = { view: access?.queryable, create: access?.createable, update: access?.updateable };
  return rights.filter((right) => !has[right]);
}

const check = (what: string, missing: string[], why: (rights: string) => Explanation): PermissionCheck => ({
  what,
  ok: missing.length === 0,
  missing,
  ...(missing.length === 0 ? {} : { problem: why(missing.join(', ')) }),
});
