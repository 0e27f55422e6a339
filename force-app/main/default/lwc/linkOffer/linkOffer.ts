// Where a record was in the way of a new one, offers to link it and the lead: no field changes by that (M17, B15).
import LINK from '@salesforce/label/c.Report_Link_Both';
import type { PageError } from 'c/errors';
import { fill } from 'c/labels';
import type { Report } from 'c/reportData';
import { tryRequest } from 'c/requests';
import { api, LightningElement } from 'lwc';

/** Codes of reports that name the record in the way. */
const IN_THE_WAY = ['DUPLICATES_DETECTED', 'DUPLICATE_VALUE', 'PHONE_EXISTS'];
/** The key prefixes of Lead and Contact. */
const PERSON = /^(?:00Q|003)/;

export default class LinkOffer extends LightningElement {
  @api
  get report(): Report | undefined {
    return this.shown;
  }
  set report(report: Report | undefined) {
    this.shown = report;
    this.requestId = undefined;
    this.error = undefined;
  }

  requestId: string | undefined;
  error: PageError | undefined;
  isAsking = false;
  private shown: Report | undefined;

  get isOffered(): boolean {
    const { code = '', leadId = '', recordId = '' } = this.shown ?? {};
    return IN_THE_WAY.includes(code) && leadId !== '' && PERSON.test(recordId);
  }

  get isAsked(): boolean {
    return this.isAsking || this.requestId !== undefined;
  }

  get label(): string {
    return fill(LINK, this.shown?.recordName || this.shown?.recordId || '');
  }

  async link(): Promise<void> {
    const { leadId, recordId } = this.shown ?? {};
    this.isAsking = true;
    const { id, error } = await tryRequest('LinkExisting', { pair: { lead: leadId, record: recordId } });
    this.requestId = id;
    this.error = error;
    this.isAsking = false;
  }
}
