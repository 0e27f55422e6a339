// Decides which rights the connected user lacks and which it has in excess, and says what an admin does about each (M1). A missing
// permission would appear later as changes that never arrive or writes that are refused; an excessive one is a risk without a use.
import { explain } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { madeBySales, type FieldMapping } from '../model/mapping.ts';
import { recordTypeProblem } from '../model/recordType.ts';
import type { Right } from '../model/right.ts';
import { PERSON_OBJECTS, type PackageNames, type SalesforceObject } from '../model/salesforce.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';

type Word = 'read' | 'create' | 'edit' | 'delete';

/** As the describe has it. */
export interface Access {
  queryable: boolean;
  createable: boolean;
  updateable: boolean;
  deletable?: boolean | undefined;
}

/** Decides which parts are in use. Before the configuration is read: that of a new connection. */
export interface PartsInUse {
  settings: Settings;
  mappings: readonly FieldMapping[];
}

interface Need {
  object: string;
  part: Right['part'];
  need: Word[];
  /** Whether the object is the customer's: a package cannot grant its permissions. */
  customer: boolean;
}

const WRITE: Word[] = ['read', 'create', 'edit'];
const MIRROR: Word[] = [...WRITE, 'delete'];

function needsOf({ settings, mappings }: PartsInUse, prefix: string): Need[] {
  const customer = (part: Right['part'], object: string, need: Word[]): Need => ({
    part,
    object,
    need,
    customer: true,
  });
  const own = (object: string, need: Word[], part: Right['part'] = 'package'): Need => ({
    ...{ part, object: prefix + object, need },
    customer: false,
  });
  const sells = mappings.some(({ rule, triggers }) => rule !== 'DoNotSync' && triggers.includes('sale'));
  const product: Word[] = settings.createProducts ? ['read', 'create'] : ['read'];
  return [
    customer('account', 'Account', WRITE),
    customer('contact', 'Contact', WRITE),
    customer('sale', 'Opportunity', WRITE),
    customer('sale', 'OpportunityLineItem', WRITE),
    customer('lead', 'Lead', WRITE),
    ...(sells
      ? [
          customer('sale', 'Product2', product),
          customer('sale', 'Pricebook2', ['read']),
          customer('sale', 'PricebookEntry', product),
        ]
      : []),
    ...[...madeBySales(mappings, prefix).keys()].sort().map((object) => customer('sale', object, WRITE)),
    ...(settings.activitySync ? [customer('activities', 'Task', WRITE)] : []),
    ...(settings.multiSite ? [own('Site__c', WRITE, 'sites'), own('Organization__c', WRITE, 'sites')] : []),
    own('Field_Mapping__c', ['read', 'edit']),
    own('Sync_Settings__c', ['read']),
    own('Sync_Request__c', ['read']),
    own('Sellfire_Field__c', MIRROR),
    own('Mappable_Object__c', MIRROR),
    own('Sellfire_Rep__c', MIRROR),
    own('Integration_Report__c', ['read', 'delete']),
    // Publishing a platform event needs the create permission.
    own('Integration_Report__e', ['create']),
    own('Bridge_Status__e', ['create']),
    own('Sync_Progress__e', ['create']),
  ];
}

/**
 * Checks the permissions that the describe of the connected user shows. The describe does not contain View All Records, without which the
 * change events of other users' records are silently not delivered, so the sentence of each followed object names it.
 * @param access every object that the user can see
 * @param objects described objects, for the package's fields on Lead and Contact and the record types of Account
 */
export function checkPermissions(
  names: PackageNames,
  access: ReadonlyMap<string, Access>,
  objects: ReadonlyMap<string, SalesforceObject>,
  parts: PartsInUse = { settings: DEFAULT_SETTINGS, mappings: [] },
): Right[] {
  return needsOf(parts, names.prefix).map(({ object, part, need, customer }) => {
    const given = access.get(object);
    const fields = PERSON_OBJECTS.some((person) => person === object)
      ? missingFields(objects.get(object), [names.leadId, names.phase, names.ownedRepId])
      : [];
    const lacking = [...need.filter((word) => !may(given, word)), ...fields];
    const ofType = recordTypeProblem(Object.fromEntries(objects), object);
    const type = objects.get(object)?.onlyPersons ? ['Business record type'] : ofType ? ['Record type'] : [];
    const missing = [...lacking, ...type];
    const excess = customer && given?.deletable === true && !IMPLIED_DELETE.includes(object) ? ['delete'] : [];
    const rights = lacking.join(', ');
    const isOfCustomer = customer && lacking.some((word) => !word.startsWith('field:'));
    const problems = [
      ...(isOfCustomer ? [explain('RIGHT_MISSING.ofCustomer', { rights, object })] : []),
      ...(lacking.length > 0 && !isOfCustomer ? [explain('RIGHT_MISSING.ofPackage', { rights })] : []),
      ...(type.length > 0 ? [ofType ?? explain('RIGHT_MISSING.recordType')] : []),
      ...(excess.length > 0 ? [explain('RIGHT_EXCESS.ofObject', { object })] : []),
    ];
    return { object, part, need: [...need], missing, excess, sentence: problems.map(inWords).join(' ') };
  });
}

/** Rights to delete that come with the right to edit (Salesforce Help, "Object Permissions"). */
const IMPLIED_DELETE = ['OpportunityLineItem', 'PricebookEntry', 'Task'];

function may(access: Access | undefined, word: Word): boolean {
  const has = { read: 'queryable', create: 'createable', edit: 'updateable', delete: 'deletable' } as const;
  return access?.[has[word]] === true;
}

const missingFields = (object: SalesforceObject | undefined, fields: readonly string[]): string[] =>
  fields
    .filter((name) => {
      const field = object?.fields[name];
      return !field?.createable || !field.updateable;
    })
    .map((name) => `field:${name}`);

/** User permissions that the bridge does not need, and with which a stolen token could do great harm. */
export const EXCESSIVE = ['ModifyAllData', 'ViewAllData', 'ManageUsers', 'CustomizeApplication', 'AuthorApex'] as const;

/**
 * What the connected user has beyond its needs. Without View All Data, no Task is found that another user owns.
 * @param granted names of user permissions, as `ModifyAllData`
 */
export function checkUserPermissions(
  granted: readonly string[],
  { activitySync }: Pick<Settings, 'activitySync'>,
): Right {
  const excess = EXCESSIVE.filter((name) => !(name === 'ViewAllData' && activitySync) && granted.includes(name));
  return {
    ...{ object: '', part: 'user', need: [], missing: [], excess },
    sentence: excess.length === 0 ? '' : inWords(explain('RIGHT_EXCESS.ofUser', { rights: excess.join(', ') })),
  };
}
