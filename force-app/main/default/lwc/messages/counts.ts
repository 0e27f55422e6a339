// What requests came to that read or change many records, by the code of the bridge.
import notInStep from '@salesforce/label/c.Say_notInStep';
import syncedNow from '@salesforce/label/c.Say_syncedNow';
import syncedNow_one from '@salesforce/label/c.Say_syncedNow_one';
import inReports from '@salesforce/label/c.Say_inReports';
import seeReports from '@salesforce/label/c.Say_seeReports';
import leadsCreated from '@salesforce/label/c.Say_leadsCreated';
import leadsCreated_one from '@salesforce/label/c.Say_leadsCreated_one';
import connectedThere from '@salesforce/label/c.Say_connectedThere';
import linkedAlready from '@salesforce/label/c.Say_linkedAlready';
import withoutPhone from '@salesforce/label/c.Say_withoutPhone';
import phoneNone from '@salesforce/label/c.Say_phoneNone';
import phoneTaken from '@salesforce/label/c.Say_phoneTaken';
import phoneShared from '@salesforce/label/c.Say_phoneShared';
import numberFailed from '@salesforce/label/c.Say_numberFailed';
import wouldCreate from '@salesforce/label/c.Say_wouldCreate';
import wouldConnect from '@salesforce/label/c.Say_wouldConnect';
import salesWouldExport from '@salesforce/label/c.Say_salesWouldExport';
import salesExported from '@salesforce/label/c.Say_salesExported';
import recordsWithPhone from '@salesforce/label/c.Say_recordsWithPhone';
import pairsWouldLink from '@salesforce/label/c.Say_pairsWouldLink';
import pairsWouldLink_one from '@salesforce/label/c.Say_pairsWouldLink_one';
import pairsLinked from '@salesforce/label/c.Say_pairsLinked';
import pairsLinked_one from '@salesforce/label/c.Say_pairsLinked_one';
import numberNotLinked from '@salesforce/label/c.Say_numberNotLinked';
import pairsCompared from '@salesforce/label/c.Say_pairsCompared';
import pairsCompared_one from '@salesforce/label/c.Say_pairsCompared_one';
import pairsRead from '@salesforce/label/c.Say_pairsRead';
import pairsRead_one from '@salesforce/label/c.Say_pairsRead_one';
import changedCompared from '@salesforce/label/c.Say_changedCompared';
import changedCompared_one from '@salesforce/label/c.Say_changedCompared_one';
import bothWouldChange from '@salesforce/label/c.Say_bothWouldChange';
import leftOutOfStep from '@salesforce/label/c.Say_leftOutOfStep';
import leftOutOfStep_one from '@salesforce/label/c.Say_leftOutOfStep_one';
import catalogueHas from '@salesforce/label/c.Say_catalogueHas';
import catalogueHas_one from '@salesforce/label/c.Say_catalogueHas_one';
import fieldsAdded from '@salesforce/label/c.Say_fieldsAdded';
import fieldsAdded_one from '@salesforce/label/c.Say_fieldsAdded_one';
import fieldsChanged from '@salesforce/label/c.Say_fieldsChanged';
import fieldsChanged_one from '@salesforce/label/c.Say_fieldsChanged_one';
import fieldsRemoved from '@salesforce/label/c.Say_fieldsRemoved';
import fieldsRemoved_one from '@salesforce/label/c.Say_fieldsRemoved_one';
import nothingChanged from '@salesforce/label/c.Say_nothingChanged';
import mappingsChecked from '@salesforce/label/c.Say_mappingsChecked';
import mappingsChecked_one from '@salesforce/label/c.Say_mappingsChecked_one';
import noIssue from '@salesforce/label/c.Say_noIssue';
import issues from '@salesforce/label/c.Say_issues';
import issues_one from '@salesforce/label/c.Say_issues_one';
import wouldRestore from '@salesforce/label/c.Say_wouldRestore';
import wouldRestore_one from '@salesforce/label/c.Say_wouldRestore_one';
import restored from '@salesforce/label/c.Say_restored';
import restored_one from '@salesforce/label/c.Say_restored_one';
import notCompared from '@salesforce/label/c.Say_notCompared';
import notCompared_one from '@salesforce/label/c.Say_notCompared_one';
import syncGoesOn from '@salesforce/label/c.Say_syncGoesOn';

export const COUNTS: Readonly<Record<string, string>> = {
  notInStep,
  syncedNow,
  syncedNow_one,
  inReports,
  seeReports,
  leadsCreated,
  leadsCreated_one,
  connectedThere,
  linkedAlready,
  withoutPhone,
  phoneNone,
  phoneTaken,
  phoneShared,
  numberFailed,
  wouldCreate,
  wouldConnect,
  salesWouldExport,
  salesExported,
  recordsWithPhone,
  pairsWouldLink,
  pairsWouldLink_one,
  pairsLinked,
  pairsLinked_one,
  numberNotLinked,
  pairsCompared,
  pairsCompared_one,
  pairsRead,
  pairsRead_one,
  changedCompared,
  changedCompared_one,
  bothWouldChange,
  leftOutOfStep,
  leftOutOfStep_one,
  catalogueHas,
  catalogueHas_one,
  fieldsAdded,
  fieldsAdded_one,
  fieldsChanged,
  fieldsChanged_one,
  fieldsRemoved,
  fieldsRemoved_one,
  nothingChanged,
  mappingsChecked,
  mappingsChecked_one,
  noIssue,
  issues,
  issues_one,
  wouldRestore,
  wouldRestore_one,
  restored,
  restored_one,
  notCompared,
  notCompared_one,
  syncGoesOn,
};
