// Why a record was not found or created, by the wordings of the catalogue of the bridge.
import PHONE_EXISTS_onImportedRecord from '@salesforce/label/c.Say_PHONE_EXISTS_onImportedRecord';
import PHONE_AMBIGUOUS_leads from '@salesforce/label/c.Say_PHONE_AMBIGUOUS_leads';
import PHONE_UNMAPPED_forLinking from '@salesforce/label/c.Say_PHONE_UNMAPPED_forLinking';
import PHONE_UNMAPPED_forImport from '@salesforce/label/c.Say_PHONE_UNMAPPED_forImport';
import REQUIRED_UNMAPPED_onCreation from '@salesforce/label/c.Say_REQUIRED_UNMAPPED_onCreation';
import REQUIRED_UNMAPPED_forDemo from '@salesforce/label/c.Say_REQUIRED_UNMAPPED_forDemo';
import REQUIRED_UNMAPPED_onSale from '@salesforce/label/c.Say_REQUIRED_UNMAPPED_onSale';
import REQUIRED_EMPTY_forDemo from '@salesforce/label/c.Say_REQUIRED_EMPTY_forDemo';
import REQUIRED_EMPTY_onSale from '@salesforce/label/c.Say_REQUIRED_EMPTY_onSale';
import RECORD_TYPE_UNAVAILABLE_unknown from '@salesforce/label/c.Say_RECORD_TYPE_UNAVAILABLE_unknown';
import RECORD_TYPE_UNAVAILABLE_inactive from '@salesforce/label/c.Say_RECORD_TYPE_UNAVAILABLE_inactive';
import RECORD_TYPE_UNAVAILABLE_unavailable from '@salesforce/label/c.Say_RECORD_TYPE_UNAVAILABLE_unavailable';
import RECORD_TYPE_UNAVAILABLE_person from '@salesforce/label/c.Say_RECORD_TYPE_UNAVAILABLE_person';
import RECORD_TYPE_UNAVAILABLE_refused from '@salesforce/label/c.Say_RECORD_TYPE_UNAVAILABLE_refused';
import VALUE_INACTIVE from '@salesforce/label/c.Say_VALUE_INACTIVE';

export const CREATIONS: Readonly<Record<string, string>> = {
  PHONE_EXISTS_onImportedRecord,
  PHONE_AMBIGUOUS_leads,
  PHONE_UNMAPPED_forLinking,
  PHONE_UNMAPPED_forImport,
  REQUIRED_UNMAPPED_onCreation,
  REQUIRED_UNMAPPED_forDemo,
  REQUIRED_UNMAPPED_onSale,
  REQUIRED_EMPTY_forDemo,
  REQUIRED_EMPTY_onSale,
  RECORD_TYPE_UNAVAILABLE_unknown,
  RECORD_TYPE_UNAVAILABLE_inactive,
  RECORD_TYPE_UNAVAILABLE_unavailable,
  RECORD_TYPE_UNAVAILABLE_person,
  RECORD_TYPE_UNAVAILABLE_refused,
  VALUE_INACTIVE,
};
