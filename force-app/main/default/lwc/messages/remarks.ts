// What a report says beside its cause, and words that stand in other sentences.
import imported from '@salesforce/label/c.Say_imported';
import connectedByImport from '@salesforce/label/c.Say_connectedByImport';
import sameByImport from '@salesforce/label/c.Say_sameByImport';
import leftOut from '@salesforce/label/c.Say_leftOut';
import broughtToSellfire from '@salesforce/label/c.Say_broughtToSellfire';
import accountNone from '@salesforce/label/c.Say_accountNone';
import accountsOtherName from '@salesforce/label/c.Say_accountsOtherName';
import accountOne from '@salesforce/label/c.Say_accountOne';
import accountOneInCity from '@salesforce/label/c.Say_accountOneInCity';
import accountsNoneInCity from '@salesforce/label/c.Say_accountsNoneInCity';
import accountsSeveralInCity from '@salesforce/label/c.Say_accountsSeveralInCity';
import theName from '@salesforce/label/c.Say_theName';
import phoneAndName from '@salesforce/label/c.Say_phoneAndName';
import contactNone from '@salesforce/label/c.Say_contactNone';
import contactOne from '@salesforce/label/c.Say_contactOne';
import contactsNoneNamed from '@salesforce/label/c.Say_contactsNoneNamed';
import contactsSeveralNamed from '@salesforce/label/c.Say_contactsSeveralNamed';
import unfitBoolean from '@salesforce/label/c.Say_unfitBoolean';
import unfitNumber from '@salesforce/label/c.Say_unfitNumber';
import unfitWhole from '@salesforce/label/c.Say_unfitWhole';
import unfitDate from '@salesforce/label/c.Say_unfitDate';
import unfitDatetime from '@salesforce/label/c.Say_unfitDatetime';
import unfitTime from '@salesforce/label/c.Say_unfitTime';
import unfitId from '@salesforce/label/c.Say_unfitId';
import unfitLength from '@salesforce/label/c.Say_unfitLength';
import unfitOption from '@salesforce/label/c.Say_unfitOption';
import andMore from '@salesforce/label/c.Say_andMore';
import recordsOf from '@salesforce/label/c.Say_recordsOf';
import recordsOf_one from '@salesforce/label/c.Say_recordsOf_one';
import records from '@salesforce/label/c.Say_records';
import records_one from '@salesforce/label/c.Say_records_one';
import leads from '@salesforce/label/c.Say_leads';
import leads_one from '@salesforce/label/c.Say_leads_one';
import fields from '@salesforce/label/c.Say_fields';
import fields_one from '@salesforce/label/c.Say_fields_one';
import sales from '@salesforce/label/c.Say_sales';
import sales_one from '@salesforce/label/c.Say_sales_one';
import items from '@salesforce/label/c.Say_items';
import items_one from '@salesforce/label/c.Say_items_one';
import opportunityAtDemo from '@salesforce/label/c.Say_opportunityAtDemo';
import accountAtDemo from '@salesforce/label/c.Say_accountAtDemo';
import moveToContact from '@salesforce/label/c.Say_moveToContact';
import theSale from '@salesforce/label/c.Say_theSale';
import aDemo from '@salesforce/label/c.Say_aDemo';
import aSale from '@salesforce/label/c.Say_aSale';
import aDemoOrSale from '@salesforce/label/c.Say_aDemoOrSale';
import demo from '@salesforce/label/c.Say_demo';
import sale from '@salesforce/label/c.Say_sale';
import anotherObject from '@salesforce/label/c.Say_anotherObject';

export const REMARKS: Readonly<Record<string, string>> = {
  imported,
  connectedByImport,
  sameByImport,
  leftOut,
  broughtToSellfire,
  accountNone,
  accountsOtherName,
  accountOne,
  accountOneInCity,
  accountsNoneInCity,
  accountsSeveralInCity,
  theName,
  phoneAndName,
  contactNone,
  contactOne,
  contactsNoneNamed,
  contactsSeveralNamed,
  unfitBoolean,
  unfitNumber,
  unfitWhole,
  unfitDate,
  unfitDatetime,
  unfitTime,
  unfitId,
  unfitLength,
  unfitOption,
  andMore,
  recordsOf,
  recordsOf_one,
  records,
  records_one,
  leads,
  leads_one,
  fields,
  fields_one,
  sales,
  sales_one,
  items,
  items_one,
  opportunityAtDemo,
  accountAtDemo,
  moveToContact,
  theSale,
  aDemo,
  aSale,
  aDemoOrSale,
  demo,
  sale,
  anotherObject,
};
