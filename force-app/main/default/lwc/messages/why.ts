// Why a record is, or is not, in sync: what each gate says, by the code of the bridge.
import whyInStep from '@salesforce/label/c.Say_whyInStep';
import whyBlank from '@salesforce/label/c.Say_whyBlank';
import whyUnreadable from '@salesforce/label/c.Say_whyUnreadable';
import whyPhoneUnreadable from '@salesforce/label/c.Say_whyPhoneUnreadable';
import whyAddressOfNothing from '@salesforce/label/c.Say_whyAddressOfNothing';
import whyOtherHost from '@salesforce/label/c.Say_whyOtherHost';
import whyOtherObject from '@salesforce/label/c.Say_whyOtherObject';
import whyPhoneOfNobody from '@salesforce/label/c.Say_whyPhoneOfNobody';
import whyLeadUnknown from '@salesforce/label/c.Say_whyLeadUnknown';
import whyMerged from '@salesforce/label/c.Say_whyMerged';
import whyDeleted from '@salesforce/label/c.Say_whyDeleted';
import whyFoundBoth from '@salesforce/label/c.Say_whyFoundBoth';
import whyFoundRecord from '@salesforce/label/c.Say_whyFoundRecord';
import whyFoundLead from '@salesforce/label/c.Say_whyFoundLead';
import whySyncRuns from '@salesforce/label/c.Say_whySyncRuns';
import whyNotStarted from '@salesforce/label/c.Say_whyNotStarted';
import whyPaused from '@salesforce/label/c.Say_whyPaused';
import whyDisconnected from '@salesforce/label/c.Say_whyDisconnected';
import whyPhoneMapped from '@salesforce/label/c.Say_whyPhoneMapped';
import whyObjectMapped from '@salesforce/label/c.Say_whyObjectMapped';
import whyObjectMapped_one from '@salesforce/label/c.Say_whyObjectMapped_one';
import whyObjectUnmapped from '@salesforce/label/c.Say_whyObjectUnmapped';
import whyLinked from '@salesforce/label/c.Say_whyLinked';
import whyMovedOn from '@salesforce/label/c.Say_whyMovedOn';
import whyConverted from '@salesforce/label/c.Say_whyConverted';
import whyNotLinked from '@salesforce/label/c.Say_whyNotLinked';
import whyNotReached from '@salesforce/label/c.Say_whyNotReached';
import whyPhone from '@salesforce/label/c.Say_whyPhone';
import whyPhoneFree from '@salesforce/label/c.Say_whyPhoneFree';
import whyLeadsCreated from '@salesforce/label/c.Say_whyLeadsCreated';
import whyLeadsNotCreated from '@salesforce/label/c.Say_whyLeadsNotCreated';
import whyRecordsCreated from '@salesforce/label/c.Say_whyRecordsCreated';
import whyRecordsNotCreated from '@salesforce/label/c.Say_whyRecordsNotCreated';
import whyOfContact from '@salesforce/label/c.Say_whyOfContact';
import whyUpdatesOn from '@salesforce/label/c.Say_whyUpdatesOn';
import whyUpdatesOff from '@salesforce/label/c.Say_whyUpdatesOff';
import whyRecordsNotUpdated from '@salesforce/label/c.Say_whyRecordsNotUpdated';
import whyLeadsNotUpdated from '@salesforce/label/c.Say_whyLeadsNotUpdated';
import whyNoAttempt from '@salesforce/label/c.Say_whyNoAttempt';
import whyAttemptSucceeded from '@salesforce/label/c.Say_whyAttemptSucceeded';
import whyAttemptFailed from '@salesforce/label/c.Say_whyAttemptFailed';
import whyFieldsSame from '@salesforce/label/c.Say_whyFieldsSame';
import whyFieldsSame_one from '@salesforce/label/c.Say_whyFieldsSame_one';
import whyFieldsDiffer from '@salesforce/label/c.Say_whyFieldsDiffer';
import whyFieldsDiffer_one from '@salesforce/label/c.Say_whyFieldsDiffer_one';
import whyRuleSellfire from '@salesforce/label/c.Say_whyRuleSellfire';
import whyRuleSalesforce from '@salesforce/label/c.Say_whyRuleSalesforce';
import whyRuleTwoWay from '@salesforce/label/c.Say_whyRuleTwoWay';
import whyOwnerDiffers from '@salesforce/label/c.Say_whyOwnerDiffers';
import whyFieldRefused from '@salesforce/label/c.Say_whyFieldRefused';
import whyFieldWaits from '@salesforce/label/c.Say_whyFieldWaits';
import whyNothingWaits from '@salesforce/label/c.Say_whyNothingWaits';
import whyChangesWait from '@salesforce/label/c.Say_whyChangesWait';
import whyChangesWait_one from '@salesforce/label/c.Say_whyChangesWait_one';
import whyParked from '@salesforce/label/c.Say_whyParked';
import whyLinkWaits from '@salesforce/label/c.Say_whyLinkWaits';
import whyOnlyNamed from '@salesforce/label/c.Say_whyOnlyNamed';
import whyLeadNotBegun from '@salesforce/label/c.Say_whyLeadNotBegun';
import whyRecordNotBegun from '@salesforce/label/c.Say_whyRecordNotBegun';
import whyOfSale from '@salesforce/label/c.Say_whyOfSale';
import whyNowNothing from '@salesforce/label/c.Say_whyNowNothing';
import whyNowLead from '@salesforce/label/c.Say_whyNowLead';
import whyNowRecord from '@salesforce/label/c.Say_whyNowRecord';
import whyNowLinkLead from '@salesforce/label/c.Say_whyNowLinkLead';
import whyNowLinkRecord from '@salesforce/label/c.Say_whyNowLinkRecord';
import whyNowUpdateLead from '@salesforce/label/c.Say_whyNowUpdateLead';
import whyNowUpdateLead_one from '@salesforce/label/c.Say_whyNowUpdateLead_one';
import whyNowUpdateRecord from '@salesforce/label/c.Say_whyNowUpdateRecord';
import whyNowUpdateRecord_one from '@salesforce/label/c.Say_whyNowUpdateRecord_one';
import whyNowHeld from '@salesforce/label/c.Say_whyNowHeld';

export const WHY: Readonly<Record<string, string>> = {
  whyInStep,
  whyBlank,
  whyUnreadable,
  whyPhoneUnreadable,
  whyAddressOfNothing,
  whyOtherHost,
  whyOtherObject,
  whyPhoneOfNobody,
  whyLeadUnknown,
  whyMerged,
  whyDeleted,
  whyFoundBoth,
  whyFoundRecord,
  whyFoundLead,
  whySyncRuns,
  whyNotStarted,
  whyPaused,
  whyDisconnected,
  whyPhoneMapped,
  whyObjectMapped,
  whyObjectMapped_one,
  whyObjectUnmapped,
  whyLinked,
  whyMovedOn,
  whyConverted,
  whyNotLinked,
  whyNotReached,
  whyPhone,
  whyPhoneFree,
  whyLeadsCreated,
  whyLeadsNotCreated,
  whyRecordsCreated,
  whyRecordsNotCreated,
  whyOfContact,
  whyUpdatesOn,
  whyUpdatesOff,
  whyRecordsNotUpdated,
  whyLeadsNotUpdated,
  whyNoAttempt,
  whyAttemptSucceeded,
  whyAttemptFailed,
  whyFieldsSame,
  whyFieldsSame_one,
  whyFieldsDiffer,
  whyFieldsDiffer_one,
  whyRuleSellfire,
  whyRuleSalesforce,
  whyRuleTwoWay,
  whyOwnerDiffers,
  whyFieldRefused,
  whyFieldWaits,
  whyNothingWaits,
  whyChangesWait,
  whyChangesWait_one,
  whyParked,
  whyLinkWaits,
  whyOnlyNamed,
  whyLeadNotBegun,
  whyRecordNotBegun,
  whyOfSale,
  whyNowNothing,
  whyNowLead,
  whyNowRecord,
  whyNowLinkLead,
  whyNowLinkRecord,
  whyNowUpdateLead,
  whyNowUpdateLead_one,
  whyNowUpdateRecord,
  whyNowUpdateRecord_one,
  whyNowHeld,
};
