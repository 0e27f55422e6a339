// Why a demo or a sale was not written, and changes that were put aside.
import TOO_MANY_RECORDS from '@salesforce/label/c.Say_TOO_MANY_RECORDS';
import TOO_MANY_OBJECTS from '@salesforce/label/c.Say_TOO_MANY_OBJECTS';
import PRODUCT_MISSING_atAll from '@salesforce/label/c.Say_PRODUCT_MISSING_atAll';
import PRODUCT_MISSING_inCurrency from '@salesforce/label/c.Say_PRODUCT_MISSING_inCurrency';
import CURRENCY_MISSING_only from '@salesforce/label/c.Say_CURRENCY_MISSING_only';
import CURRENCY_MISSING_ofSeveral from '@salesforce/label/c.Say_CURRENCY_MISSING_ofSeveral';
import PRODUCT_INACTIVE from '@salesforce/label/c.Say_PRODUCT_INACTIVE';
import PRICEBOOK_MISSING from '@salesforce/label/c.Say_PRICEBOOK_MISSING';
import OBJECT_NOT_CREATEABLE_hidden from '@salesforce/label/c.Say_OBJECT_NOT_CREATEABLE_hidden';
import OBJECT_NOT_CREATEABLE_readOnly from '@salesforce/label/c.Say_OBJECT_NOT_CREATEABLE_readOnly';
import OBJECT_NOT_CREATEABLE_persons from '@salesforce/label/c.Say_OBJECT_NOT_CREATEABLE_persons';
import MAPPINGS_MIXED from '@salesforce/label/c.Say_MAPPINGS_MIXED';
import SALE_KNOWN from '@salesforce/label/c.Say_SALE_KNOWN';
import NO_ITEMS from '@salesforce/label/c.Say_NO_ITEMS';
import POISON from '@salesforce/label/c.Say_POISON';
import EVENT_UNREADABLE from '@salesforce/label/c.Say_EVENT_UNREADABLE';

export const SALES: Readonly<Record<string, string>> = {
  TOO_MANY_RECORDS,
  TOO_MANY_OBJECTS,
  PRODUCT_MISSING_atAll,
  PRODUCT_MISSING_inCurrency,
  CURRENCY_MISSING_only,
  CURRENCY_MISSING_ofSeveral,
  PRODUCT_INACTIVE,
  PRICEBOOK_MISSING,
  OBJECT_NOT_CREATEABLE_hidden,
  OBJECT_NOT_CREATEABLE_readOnly,
  OBJECT_NOT_CREATEABLE_persons,
  MAPPINGS_MIXED,
  SALE_KNOWN,
  NO_ITEMS,
  POISON,
  EVENT_UNREADABLE,
};
