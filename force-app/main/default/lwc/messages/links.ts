// What became of the link of a lead with its record.
import CREATION_OFF from '@salesforce/label/c.Say_CREATION_OFF';
import LINK_ENDED_deleted from '@salesforce/label/c.Say_LINK_ENDED_deleted';
import LINK_ENDED_activity from '@salesforce/label/c.Say_LINK_ENDED_activity';
import LINK_ENDED_taskMade from '@salesforce/label/c.Say_LINK_ENDED_taskMade';
import LINK_ENDED_sale from '@salesforce/label/c.Say_LINK_ENDED_sale';
import LINK_RESUMED_undeleted from '@salesforce/label/c.Say_LINK_RESUMED_undeleted';
import LINK_RESUMED_restored from '@salesforce/label/c.Say_LINK_RESUMED_restored';
import CONVERTED from '@salesforce/label/c.Say_CONVERTED';
import CONVERTED_UNSEEN from '@salesforce/label/c.Say_CONVERTED_UNSEEN';
import MERGED from '@salesforce/label/c.Say_MERGED';
import ACCOUNT_DELETED from '@salesforce/label/c.Say_ACCOUNT_DELETED';
import TWO_LEADS_ONE_RECORD from '@salesforce/label/c.Say_TWO_LEADS_ONE_RECORD';
import LINKED_ALREADY from '@salesforce/label/c.Say_LINKED_ALREADY';
import NOT_CONNECTED from '@salesforce/label/c.Say_NOT_CONNECTED';
import NOTHING_TO_REPUSH_demo from '@salesforce/label/c.Say_NOTHING_TO_REPUSH_demo';
import NOTHING_TO_REPUSH_saleOfSalesforce from '@salesforce/label/c.Say_NOTHING_TO_REPUSH_saleOfSalesforce';
import NOTHING_TO_REPUSH_sale from '@salesforce/label/c.Say_NOTHING_TO_REPUSH_sale';
import NOTHING_TO_REPUSH_activity from '@salesforce/label/c.Say_NOTHING_TO_REPUSH_activity';

export const LINKS: Readonly<Record<string, string>> = {
  CREATION_OFF,
  LINK_ENDED_deleted,
  LINK_ENDED_activity,
  LINK_ENDED_taskMade,
  LINK_ENDED_sale,
  LINK_RESUMED_undeleted,
  LINK_RESUMED_restored,
  CONVERTED,
  CONVERTED_UNSEEN,
  MERGED,
  ACCOUNT_DELETED,
  TWO_LEADS_ONE_RECORD,
  LINKED_ALREADY,
  NOT_CONNECTED,
  NOTHING_TO_REPUSH_demo,
  NOTHING_TO_REPUSH_saleOfSalesforce,
  NOTHING_TO_REPUSH_sale,
  NOTHING_TO_REPUSH_activity,
};
