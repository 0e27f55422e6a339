// What the bridge itself decided about a lead or record, by code.
import ANSWER_UNREADABLE from '@salesforce/label/c.Code_ANSWER_UNREADABLE';
import CREATION_OFF from '@salesforce/label/c.Code_CREATION_OFF';
import CREATION_PAUSED from '@salesforce/label/c.Code_CREATION_PAUSED';
import LEAD_CREATION_PAUSED from '@salesforce/label/c.Code_LEAD_CREATION_PAUSED';
import CURRENCY_MISSING from '@salesforce/label/c.Code_CURRENCY_MISSING';
import EVENT_UNREADABLE from '@salesforce/label/c.Code_EVENT_UNREADABLE';
import VALUE_CUT from '@salesforce/label/c.Code_VALUE_CUT';
import VALUE_ROUNDED from '@salesforce/label/c.Code_VALUE_ROUNDED';
import PHONE_EXISTS from '@salesforce/label/c.Code_PHONE_EXISTS';
import PHONE_AMBIGUOUS from '@salesforce/label/c.Code_PHONE_AMBIGUOUS';
import PHONE_INVALID from '@salesforce/label/c.Code_PHONE_INVALID';
import NO_PHONE from '@salesforce/label/c.Code_NO_PHONE';
import PHONE_UNMAPPED from '@salesforce/label/c.Code_PHONE_UNMAPPED';
import NOTHING_MAPPED from '@salesforce/label/c.Code_NOTHING_MAPPED';
import RECORD_TYPE_UNAVAILABLE from '@salesforce/label/c.Code_RECORD_TYPE_UNAVAILABLE';
import VALUE_INACTIVE from '@salesforce/label/c.Code_VALUE_INACTIVE';
import REQUIRED_UNMAPPED from '@salesforce/label/c.Code_REQUIRED_UNMAPPED';
import REQUIRED_EMPTY from '@salesforce/label/c.Code_REQUIRED_EMPTY';
import VALUE_UNFIT from '@salesforce/label/c.Code_VALUE_UNFIT';
import OVERTAKEN from '@salesforce/label/c.Code_OVERTAKEN';
import BOUNCING from '@salesforce/label/c.Code_BOUNCING';
import PHASE_REFUSED from '@salesforce/label/c.Code_PHASE_REFUSED';
import OWNER_REFUSED from '@salesforce/label/c.Code_OWNER_REFUSED';
import LINK_ENDED from '@salesforce/label/c.Code_LINK_ENDED';
import LINK_RESUMED from '@salesforce/label/c.Code_LINK_RESUMED';
import CONVERTED from '@salesforce/label/c.Code_CONVERTED';
import CONVERTED_UNSEEN from '@salesforce/label/c.Code_CONVERTED_UNSEEN';
import MERGED from '@salesforce/label/c.Code_MERGED';
import ACCOUNT_DELETED from '@salesforce/label/c.Code_ACCOUNT_DELETED';
import TWO_LEADS_ONE_RECORD from '@salesforce/label/c.Code_TWO_LEADS_ONE_RECORD';
import RECORD_CLAIMED from '@salesforce/label/c.Code_RECORD_CLAIMED';
import LINKED_ALREADY from '@salesforce/label/c.Code_LINKED_ALREADY';
import NOT_CONNECTED from '@salesforce/label/c.Code_NOT_CONNECTED';
import LEAD_GONE from '@salesforce/label/c.Code_LEAD_GONE';
import RECORD_ID_INVALID from '@salesforce/label/c.Code_RECORD_ID_INVALID';
import RECORD_NOT_VISIBLE from '@salesforce/label/c.Code_RECORD_NOT_VISIBLE';
import NOTHING_TO_REPUSH from '@salesforce/label/c.Code_NOTHING_TO_REPUSH';
import TOO_MANY_RECORDS from '@salesforce/label/c.Code_TOO_MANY_RECORDS';
import TOO_MANY_OBJECTS from '@salesforce/label/c.Code_TOO_MANY_OBJECTS';
import PRODUCT_MISSING from '@salesforce/label/c.Code_PRODUCT_MISSING';
import PRODUCT_INACTIVE from '@salesforce/label/c.Code_PRODUCT_INACTIVE';
import PRICEBOOK_MISSING from '@salesforce/label/c.Code_PRICEBOOK_MISSING';
import OBJECT_NOT_CREATEABLE from '@salesforce/label/c.Code_OBJECT_NOT_CREATEABLE';
import MAPPINGS_MIXED from '@salesforce/label/c.Code_MAPPINGS_MIXED';
import SALE_KNOWN from '@salesforce/label/c.Code_SALE_KNOWN';
import NO_ITEMS from '@salesforce/label/c.Code_NO_ITEMS';
import POISON from '@salesforce/label/c.Code_POISON';

export const DECISIONS: Readonly<Record<string, string>> = {
  ANSWER_UNREADABLE,
  CREATION_OFF,
  CREATION_PAUSED,
  LEAD_CREATION_PAUSED,
  CURRENCY_MISSING,
  EVENT_UNREADABLE,
  VALUE_CUT,
  VALUE_ROUNDED,
  PHONE_EXISTS,
  PHONE_AMBIGUOUS,
  PHONE_INVALID,
  NO_PHONE,
  PHONE_UNMAPPED,
  NOTHING_MAPPED,
  RECORD_TYPE_UNAVAILABLE,
  VALUE_INACTIVE,
  REQUIRED_UNMAPPED,
  REQUIRED_EMPTY,
  VALUE_UNFIT,
  OVERTAKEN,
  BOUNCING,
  PHASE_REFUSED,
  OWNER_REFUSED,
  LINK_ENDED,
  LINK_RESUMED,
  CONVERTED,
  CONVERTED_UNSEEN,
  MERGED,
  ACCOUNT_DELETED,
  TWO_LEADS_ONE_RECORD,
  RECORD_CLAIMED,
  RECORD_ID_INVALID,
  LINKED_ALREADY,
  NOT_CONNECTED,
  LEAD_GONE,
  RECORD_NOT_VISIBLE,
  NOTHING_TO_REPUSH,
  TOO_MANY_RECORDS,
  TOO_MANY_OBJECTS,
  PRODUCT_MISSING,
  PRODUCT_INACTIVE,
  PRICEBOOK_MISSING,
  OBJECT_NOT_CREATEABLE,
  MAPPINGS_MIXED,
  SALE_KNOWN,
  NO_ITEMS,
  POISON,
};
