// Rights of the connected user in the words of Setup: by labels where the reader may see the object, by API names otherwise.
import AUTHOR_APEX from '@salesforce/label/c.Home_Right_Author_Apex';
import BUSINESS_RECORD_TYPE from '@salesforce/label/c.Home_Right_Business_Record_Type';
import CREATE from '@salesforce/label/c.Home_Right_Create';
import CUSTOMIZE from '@salesforce/label/c.Home_Right_Customize';
import DELETE from '@salesforce/label/c.Home_Right_Delete';
import EDIT from '@salesforce/label/c.Home_Right_Edit';
import FIELD from '@salesforce/label/c.Home_Right_Field';
import MANAGE_USERS from '@salesforce/label/c.Home_Right_Manage_Users';
import MODIFY_ALL from '@salesforce/label/c.Home_Right_Modify_All';
import MODIFY_ALL_DATA from '@salesforce/label/c.Home_Right_Modify_All_Data';
import PROGRESS_EVENT from '@salesforce/label/c.Home_Right_Progress_Event';
import READ from '@salesforce/label/c.Home_Right_Read';
import RECORD_TYPE from '@salesforce/label/c.Home_Right_Record_Type';
import REPORT_EVENT from '@salesforce/label/c.Home_Right_Report_Event';
import STATUS_EVENT from '@salesforce/label/c.Home_Right_Status_Event';
import USER from '@salesforce/label/c.Home_Right_User';
import VIEW_ALL from '@salesforce/label/c.Home_Right_View_All';
import VIEW_ALL_DATA from '@salesforce/label/c.Home_Right_View_All_Data';
import LANG from '@salesforce/i18n/lang';
import type { SalesforceObject } from 'c/fieldFit';
import type { Right } from 'c/homeData';
import { fill } from 'c/labels';

/** Names of the bridge for what Setup shows in words. Other names are those of Setup already. */
const WORDS: Readonly<Record<string, string>> = {
  read: READ,
  create: CREATE,
  edit: EDIT,
  delete: DELETE,
  viewAll: VIEW_ALL,
  modifyAll: MODIFY_ALL,
  AuthorApex: AUTHOR_APEX,
  CustomizeApplication: CUSTOMIZE,
  ManageUsers: MANAGE_USERS,
  ModifyAllData: MODIFY_ALL_DATA,
  ViewAllData: VIEW_ALL_DATA,
  'Record type': RECORD_TYPE,
  'Business record type': BUSINESS_RECORD_TYPE,
};
/** The UI API describes no platform events. Source: UI API guide, "Supported Objects". */
const EVENTS: Readonly<Record<string, string>> = {
  Integration_Report__e: REPORT_EVENT,
  Bridge_Status__e: STATUS_EVENT,
  Sync_Progress__e: PROGRESS_EVENT,
};
const IS_EVENT = /__e$/;
const NAMESPACE = /^[a-z]\w*?__(?=\w+__e$)/i;
const FIELD_PREFIX = 'field:';

/** What the org says of its objects, by API name. */
export type Objects = ReadonlyMap<string, SalesforceObject>;

/** Objects whose labels the org can be asked for. */
export function objectsToRead(rights: readonly Right[]): string[] {
  return [...new Set(rights.map(({ object }) => object))].filter((name) => name !== '' && !IS_EVENT.test(name));
}

/** `Lead, Contact and Account` */
export function namesOf(rights: readonly Right[], objects: Objects): string {
  return formattedList(rights.map((right) => nameOf(right, objects)));
}

/** The object, or the user where the right belongs to none. */
export function nameOf({ object }: Right, objects: Objects): string {
  if (object === '') return USER;
  return objects.get(object)?.label ?? EVENTS[object.replace(NAMESPACE, '')] ?? object;
}

/** `Create and Edit` @param object whose rights they are, where the org describes it */
export function wordsOf(rights: readonly string[], object?: SalesforceObject): string {
  return formattedList(rights.map((right) => wordOf(right, object)));
}

/** API names of the object and of the fields that the rights are about, as Setup knows them. */
export function apiNamesOf({ object }: Right, rights: readonly string[]): string {
  return [object, ...rights.flatMap((right) => fieldOf(right) ?? [])].filter((name) => name !== '').join(', ');
}

function fieldOf(right: string): string | undefined {
  return right.startsWith(FIELD_PREFIX) ? right.slice(FIELD_PREFIX.length) : undefined;
}

function wordOf(right: string, object: SalesforceObject | undefined): string {
  const field = fieldOf(right);
  if (field !== undefined) return fill(FIELD, object?.fields[field]?.label ?? field);
  return WORDS[right] ?? right;
}

function formattedList(words: readonly string[]): string {
  return new Intl.ListFormat(LANG).format(words);
}
