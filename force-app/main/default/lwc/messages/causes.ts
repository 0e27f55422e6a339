// Why a request or the connection failed: the wordings of the catalogue of the bridge that pages show.
import SYNC_NOT_STARTED from '@salesforce/label/c.Say_SYNC_NOT_STARTED';
import SYNC_PAUSED from '@salesforce/label/c.Say_SYNC_PAUSED';
import REQUEST_UNKNOWN from '@salesforce/label/c.Say_REQUEST_UNKNOWN';
import TEST_RECORD_STUCK_notInSalesforce from '@salesforce/label/c.Say_TEST_RECORD_STUCK_notInSalesforce';
import TEST_RECORD_STUCK_notInSellfire from '@salesforce/label/c.Say_TEST_RECORD_STUCK_notInSellfire';
import TEST_RECORD_STUCK_refused from '@salesforce/label/c.Say_TEST_RECORD_STUCK_refused';
import TEST_RECORD_STUCK_phoneTaken from '@salesforce/label/c.Say_TEST_RECORD_STUCK_phoneTaken';
import TEST_RECORD_STUCK_notRetired from '@salesforce/label/c.Say_TEST_RECORD_STUCK_notRetired';
import PARAMETERS_INVALID_request from '@salesforce/label/c.Say_PARAMETERS_INVALID_request';
import RECORD_MISSING from '@salesforce/label/c.Say_RECORD_MISSING';
import MAPPING_UNKNOWN_notThere from '@salesforce/label/c.Say_MAPPING_UNKNOWN_notThere';
import MAPPING_UNKNOWN_gone from '@salesforce/label/c.Say_MAPPING_UNKNOWN_gone';
import MAPPING_UNKNOWN_off from '@salesforce/label/c.Say_MAPPING_UNKNOWN_off';
import MAPPING_UNKNOWN_notOnUpdate from '@salesforce/label/c.Say_MAPPING_UNKNOWN_notOnUpdate';
import OPTION_UNKNOWN from '@salesforce/label/c.Say_OPTION_UNKNOWN';
import OPTIONS_UNFIT from '@salesforce/label/c.Say_OPTIONS_UNFIT';
import CATALOGUE_REFUSED from '@salesforce/label/c.Say_CATALOGUE_REFUSED';
import INTERNAL from '@salesforce/label/c.Say_INTERNAL';
import NOT_CONFIGURED from '@salesforce/label/c.Say_NOT_CONFIGURED';
import CREATION_PAUSED from '@salesforce/label/c.Say_CREATION_PAUSED';
import DISCONNECTED from '@salesforce/label/c.Say_DISCONNECTED';
import PACKAGE_MISSING from '@salesforce/label/c.Say_PACKAGE_MISSING';
import REFRESH_TOKEN_MISSING_notSaved from '@salesforce/label/c.Say_REFRESH_TOKEN_MISSING_notSaved';
import REFRESH_TOKEN_MISSING_notGiven from '@salesforce/label/c.Say_REFRESH_TOKEN_MISSING_notGiven';
import PHONE_UNSEARCHABLE from '@salesforce/label/c.Say_PHONE_UNSEARCHABLE';
import NOT_IN_EVENTS from '@salesforce/label/c.Say_NOT_IN_EVENTS';
import WRITTEN_IN_PART_creationOnly from '@salesforce/label/c.Say_WRITTEN_IN_PART_creationOnly';
import WRITTEN_IN_PART_changeOnly from '@salesforce/label/c.Say_WRITTEN_IN_PART_changeOnly';
import FIELD_GONE_object from '@salesforce/label/c.Say_FIELD_GONE_object';
import FIELD_GONE_salesforce from '@salesforce/label/c.Say_FIELD_GONE_salesforce';
import FIELD_GONE_sellfire from '@salesforce/label/c.Say_FIELD_GONE_sellfire';
import PICKLIST_RESTRICTED from '@salesforce/label/c.Say_PICKLIST_RESTRICTED';

export const CAUSES: Readonly<Record<string, string>> = {
  SYNC_NOT_STARTED,
  SYNC_PAUSED,
  REQUEST_UNKNOWN,
  TEST_RECORD_STUCK_notInSalesforce,
  TEST_RECORD_STUCK_notInSellfire,
  TEST_RECORD_STUCK_refused,
  TEST_RECORD_STUCK_phoneTaken,
  TEST_RECORD_STUCK_notRetired,
  PARAMETERS_INVALID_request,
  RECORD_MISSING,
  MAPPING_UNKNOWN_notThere,
  MAPPING_UNKNOWN_gone,
  MAPPING_UNKNOWN_off,
  MAPPING_UNKNOWN_notOnUpdate,
  OPTION_UNKNOWN,
  OPTIONS_UNFIT,
  CATALOGUE_REFUSED,
  INTERNAL,
  NOT_CONFIGURED,
  CREATION_PAUSED,
  DISCONNECTED,
  PACKAGE_MISSING,
  REFRESH_TOKEN_MISSING_notSaved,
  REFRESH_TOKEN_MISSING_notGiven,
  PHONE_UNSEARCHABLE,
  NOT_IN_EVENTS,
  WRITTEN_IN_PART_creationOnly,
  WRITTEN_IN_PART_changeOnly,
  FIELD_GONE_object,
  FIELD_GONE_salesforce,
  FIELD_GONE_sellfire,
  PICKLIST_RESTRICTED,
};
