// What keeps the connection or a request from going on.
import NO_RESULT from '@salesforce/label/c.Say_NO_RESULT';
import ORG_CHANGED from '@salesforce/label/c.Say_ORG_CHANGED';
import FEED_CURSOR_LOST from '@salesforce/label/c.Say_FEED_CURSOR_LOST';
import FEED_BROKEN_gap from '@salesforce/label/c.Say_FEED_BROKEN_gap';
import FEED_BROKEN_nothingNew from '@salesforce/label/c.Say_FEED_BROKEN_nothingNew';
import SYNC_STORE_LOST from '@salesforce/label/c.Say_SYNC_STORE_LOST';
import REQUEST_GONE from '@salesforce/label/c.Say_REQUEST_GONE';
import UNDECIDED from '@salesforce/label/c.Say_UNDECIDED';
import SIGN_IN_EXPIRED from '@salesforce/label/c.Say_SIGN_IN_EXPIRED';
import SIGN_IN_ADDRESS from '@salesforce/label/c.Say_SIGN_IN_ADDRESS';

export const CONNECTION: Readonly<Record<string, string>> = {
  NO_RESULT,
  ORG_CHANGED,
  FEED_CURSOR_LOST,
  FEED_BROKEN_gap,
  FEED_BROKEN_nothingNew,
  SYNC_STORE_LOST,
  REQUEST_GONE,
  UNDECIDED,
  SIGN_IN_EXPIRED,
  SIGN_IN_ADDRESS,
};
