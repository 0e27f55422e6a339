// What a request came to, by the code of the bridge.
import syncStarted from '@salesforce/label/c.Say_syncStarted';
import syncPaused from '@salesforce/label/c.Say_syncPaused';
import syncResumed from '@salesforce/label/c.Say_syncResumed';
import syncDisconnected from '@salesforce/label/c.Say_syncDisconnected';
import syncRunsAlready from '@salesforce/label/c.Say_syncRunsAlready';
import nothingToPause from '@salesforce/label/c.Say_nothingToPause';
import nothingToResume from '@salesforce/label/c.Say_nothingToResume';
import disconnectedAlready from '@salesforce/label/c.Say_disconnectedAlready';
import rightsAll from '@salesforce/label/c.Say_rightsAll';
import rightsAll_one from '@salesforce/label/c.Say_rightsAll_one';
import rightsLack from '@salesforce/label/c.Say_rightsLack';
import rightsLack_one from '@salesforce/label/c.Say_rightsLack_one';
import rightsBeyond from '@salesforce/label/c.Say_rightsBeyond';
import rightsBeyond_one from '@salesforce/label/c.Say_rightsBeyond_one';
import changedSinceConnected from '@salesforce/label/c.Say_changedSinceConnected';
import changedSinceConnected_one from '@salesforce/label/c.Say_changedSinceConnected_one';
import startInSellfire from '@salesforce/label/c.Say_startInSellfire';
import startInSalesforce from '@salesforce/label/c.Say_startInSalesforce';
import restStays from '@salesforce/label/c.Say_restStays';
import linkedRecords from '@salesforce/label/c.Say_linkedRecords';
import linkedRecords_one from '@salesforce/label/c.Say_linkedRecords_one';
import firstOnly from '@salesforce/label/c.Say_firstOnly';
import wouldChange from '@salesforce/label/c.Say_wouldChange';
import mappingLinked from '@salesforce/label/c.Say_mappingLinked';
import mappingLinked_one from '@salesforce/label/c.Say_mappingLinked_one';
import changeInSalesforce from '@salesforce/label/c.Say_changeInSalesforce';
import changeInSalesforce_one from '@salesforce/label/c.Say_changeInSalesforce_one';
import changeInSellfire from '@salesforce/label/c.Say_changeInSellfire';
import changeInSellfire_one from '@salesforce/label/c.Say_changeInSellfire_one';
import othersSame from '@salesforce/label/c.Say_othersSame';
import mappingApplied from '@salesforce/label/c.Say_mappingApplied';
import mappingApplied_one from '@salesforce/label/c.Say_mappingApplied_one';
import failedReported from '@salesforce/label/c.Say_failedReported';
import failedReported_one from '@salesforce/label/c.Say_failedReported_one';
import repushNone from '@salesforce/label/c.Say_repushNone';
import repushed from '@salesforce/label/c.Say_repushed';
import repushed_one from '@salesforce/label/c.Say_repushed_one';
import failedAgain from '@salesforce/label/c.Say_failedAgain';
import failedAgain_one from '@salesforce/label/c.Say_failedAgain_one';
import repushNoMatch from '@salesforce/label/c.Say_repushNoMatch';
import wouldRepush from '@salesforce/label/c.Say_wouldRepush';
import wouldRepush_one from '@salesforce/label/c.Say_wouldRepush_one';
import optionsComplete from '@salesforce/label/c.Say_optionsComplete';
import optionsCreated from '@salesforce/label/c.Say_optionsCreated';
import optionsCreated_one from '@salesforce/label/c.Say_optionsCreated_one';
import optionsThere from '@salesforce/label/c.Say_optionsThere';
import optionsThere_one from '@salesforce/label/c.Say_optionsThere_one';
import stopped from '@salesforce/label/c.Say_stopped';
import stoppedAt from '@salesforce/label/c.Say_stoppedAt';
import withdrawn from '@salesforce/label/c.Say_withdrawn';
import withdrawn_one from '@salesforce/label/c.Say_withdrawn_one';
import answeredAgain from '@salesforce/label/c.Say_answeredAgain';

export const RESULTS: Readonly<Record<string, string>> = {
  syncStarted,
  syncPaused,
  syncResumed,
  syncDisconnected,
  syncRunsAlready,
  nothingToPause,
  nothingToResume,
  disconnectedAlready,
  rightsAll,
  rightsAll_one,
  rightsLack,
  rightsLack_one,
  rightsBeyond,
  rightsBeyond_one,
  changedSinceConnected,
  changedSinceConnected_one,
  startInSellfire,
  startInSalesforce,
  restStays,
  linkedRecords,
  linkedRecords_one,
  firstOnly,
  wouldChange,
  mappingLinked,
  mappingLinked_one,
  changeInSalesforce,
  changeInSalesforce_one,
  changeInSellfire,
  changeInSellfire_one,
  othersSame,
  mappingApplied,
  mappingApplied_one,
  failedReported,
  failedReported_one,
  repushNone,
  repushed,
  repushed_one,
  failedAgain,
  failedAgain_one,
  repushNoMatch,
  wouldRepush,
  wouldRepush_one,
  optionsComplete,
  optionsCreated,
  optionsCreated_one,
  optionsThere,
  optionsThere_one,
  stopped,
  stoppedAt,
  withdrawn,
  withdrawn_one,
  answeredAgain,
};
