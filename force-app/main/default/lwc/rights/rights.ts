// Rights of the connected user in the words of Setup.
import CREATE from '@salesforce/label/c.Home_Right_Create';
import DELETE from '@salesforce/label/c.Home_Right_Delete';
import EDIT from '@salesforce/label/c.Home_Right_Edit';
import FIELD from '@salesforce/label/c.Home_Right_Field';
import MODIFY_ALL from '@salesforce/label/c.Home_Right_Modify_All';
import READ from '@salesforce/label/c.Home_Right_Read';
import USER from '@salesforce/label/c.Home_Right_User';
import VIEW_ALL from '@salesforce/label/c.Home_Right_View_All';
import LANG from '@salesforce/i18n/lang';
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
};
const FIELD_PREFIX = 'field:';

/** `Lead, Contact and Account` */
export function namesOf(rights: readonly Right[]): string {
  return listed(rights.map(nameOf));
}

/** The object, or the user where the right belongs to none. */
export function nameOf({ object }: Right): string {
  return object === '' ? USER : object;
}

/** `Create and Edit` */
export function wordsOf(rights: readonly string[]): string {
  return listed(rights.map(wordOf));
}

function wordOf(right: string): string {
  if (right.startsWith(FIELD_PREFIX)) return fill(FIELD, right.slice(FIELD_PREFIX.length));
  return WORDS[right] ?? right;
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat(LANG).format(words);
}
