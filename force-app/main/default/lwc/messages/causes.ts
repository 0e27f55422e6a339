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
import LEAD_CREATION_PAUSED from '@salesforce/label/c.Say_LEAD_CREATION_PAUSED';
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
import PHONE_EXISTS_onRecord from '@salesforce/label/c.Say_PHONE_EXISTS_onRecord';
import PHONE_EXISTS_onContact from '@salesforce/label/c.Say_PHONE_EXISTS_onContact';
import PHONE_EXISTS_onRecordOfLead from '@salesforce/label/c.Say_PHONE_EXISTS_onRecordOfLead';
import PHONE_EXISTS_onLead from '@salesforce/label/c.Say_PHONE_EXISTS_onLead';
import PHONE_AMBIGUOUS_records from '@salesforce/label/c.Say_PHONE_AMBIGUOUS_records';
import PHONE_INVALID_inSalesforce from '@salesforce/label/c.Say_PHONE_INVALID_inSalesforce';
import PHONE_INVALID_inSalesforcePlaceholder from '@salesforce/label/c.Say_PHONE_INVALID_inSalesforcePlaceholder';
import PHONE_INVALID_inSellfire from '@salesforce/label/c.Say_PHONE_INVALID_inSellfire';
import PHONE_INVALID_inSellfirePlaceholder from '@salesforce/label/c.Say_PHONE_INVALID_inSellfirePlaceholder';
import NO_PHONE_inSalesforce from '@salesforce/label/c.Say_NO_PHONE_inSalesforce';
import NO_PHONE_inSellfire from '@salesforce/label/c.Say_NO_PHONE_inSellfire';
import PHONE_UNMAPPED_towardsSalesforce from '@salesforce/label/c.Say_PHONE_UNMAPPED_towardsSalesforce';
import PHONE_UNMAPPED_towardsSellfire from '@salesforce/label/c.Say_PHONE_UNMAPPED_towardsSellfire';
import NOTHING_MAPPED from '@salesforce/label/c.Say_NOTHING_MAPPED';
import REQUIRED_EMPTY_onCreation from '@salesforce/label/c.Say_REQUIRED_EMPTY_onCreation';
import LINK_ENDED_command from '@salesforce/label/c.Say_LINK_ENDED_command';
import RECORD_CLAIMED from '@salesforce/label/c.Say_RECORD_CLAIMED';
import RECORD_NOT_VISIBLE from '@salesforce/label/c.Say_RECORD_NOT_VISIBLE';
import LEAD_GONE from '@salesforce/label/c.Say_LEAD_GONE';
import RECORD_ID_INVALID_notAnId from '@salesforce/label/c.Say_RECORD_ID_INVALID_notAnId';
import RECORD_ID_INVALID_otherObject from '@salesforce/label/c.Say_RECORD_ID_INVALID_otherObject';
import RECORD_ID_INVALID_notThere from '@salesforce/label/c.Say_RECORD_ID_INVALID_notThere';
import RECORD_ID_INVALID_deleted from '@salesforce/label/c.Say_RECORD_ID_INVALID_deleted';
import BOUNCING from '@salesforce/label/c.Say_BOUNCING';

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
  LEAD_CREATION_PAUSED,
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
  PHONE_EXISTS_onRecord,
  PHONE_EXISTS_onContact,
  PHONE_EXISTS_onRecordOfLead,
  PHONE_EXISTS_onLead,
  PHONE_AMBIGUOUS_records,
  PHONE_INVALID_inSalesforce,
  PHONE_INVALID_inSalesforcePlaceholder,
  PHONE_INVALID_inSellfire,
  PHONE_INVALID_inSellfirePlaceholder,
  NO_PHONE_inSalesforce,
  NO_PHONE_inSellfire,
  PHONE_UNMAPPED_towardsSalesforce,
  PHONE_UNMAPPED_towardsSellfire,
  NOTHING_MAPPED,
  REQUIRED_EMPTY_onCreation,
  LINK_ENDED_command,
  RECORD_CLAIMED,
  RECORD_NOT_VISIBLE,
  LEAD_GONE,
  RECORD_ID_INVALID_notAnId,
  RECORD_ID_INVALID_otherObject,
  RECORD_ID_INVALID_notThere,
  RECORD_ID_INVALID_deleted,
  BOUNCING,
};
