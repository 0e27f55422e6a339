// What is in the way of the sync, by the code of the bridge.
import phoneNotMapped from '@salesforce/label/c.Say_phoneNotMapped';
import shareUsed from '@salesforce/label/c.Say_shareUsed';
import orgCallsUsed from '@salesforce/label/c.Say_orgCallsUsed';
import callsWarned from '@salesforce/label/c.Say_callsWarned';
import callsDeferred from '@salesforce/label/c.Say_callsDeferred';
import callsShort from '@salesforce/label/c.Say_callsShort';
import callsPaused from '@salesforce/label/c.Say_callsPaused';
import raiseShare from '@salesforce/label/c.Say_raiseShare';
import seeCallers from '@salesforce/label/c.Say_seeCallers';
import asksForChanges from '@salesforce/label/c.Say_asksForChanges';
import askingFails from '@salesforce/label/c.Say_askingFails';
import silentFor from '@salesforce/label/c.Say_silentFor';
import silentFor_one from '@salesforce/label/c.Say_silentFor_one';
import storeLost from '@salesforce/label/c.Say_storeLost';
import storeUnusable from '@salesforce/label/c.Say_storeUnusable';
import notSignedIn from '@salesforce/label/c.Say_notSignedIn';
import notSubscribed from '@salesforce/label/c.Say_notSubscribed';
import feedUnread from '@salesforce/label/c.Say_feedUnread';
import feedFails from '@salesforce/label/c.Say_feedFails';
import workPaused from '@salesforce/label/c.Say_workPaused';
import workWaits from '@salesforce/label/c.Say_workWaits';
import clockOff from '@salesforce/label/c.Say_clockOff';
import mappingProblem from '@salesforce/label/c.Say_mappingProblem';
import towardsSellfireStill from '@salesforce/label/c.Say_towardsSellfireStill';
import towardsSellfireStill_one from '@salesforce/label/c.Say_towardsSellfireStill_one';
import towardsSalesforceStill from '@salesforce/label/c.Say_towardsSalesforceStill';
import towardsSalesforceStill_one from '@salesforce/label/c.Say_towardsSalesforceStill_one';
import triedInVain from '@salesforce/label/c.Say_triedInVain';
import triedAgain from '@salesforce/label/c.Say_triedAgain';
import peerAnswered from '@salesforce/label/c.Say_peerAnswered';

export const STATUS: Readonly<Record<string, string>> = {
  phoneNotMapped,
  shareUsed,
  orgCallsUsed,
  callsWarned,
  callsDeferred,
  callsShort,
  callsPaused,
  raiseShare,
  seeCallers,
  asksForChanges,
  askingFails,
  silentFor,
  silentFor_one,
  storeLost,
  storeUnusable,
  notSignedIn,
  notSubscribed,
  feedUnread,
  feedFails,
  workPaused,
  workWaits,
  clockOff,
  mappingProblem,
  towardsSellfireStill,
  towardsSellfireStill_one,
  towardsSalesforceStill,
  towardsSalesforceStill_one,
  triedInVain,
  triedAgain,
  peerAnswered,
};
