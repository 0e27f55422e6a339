// The organization and the sites of an Account, as multi-site has made them (M30, M35).
import NONE from '@salesforce/label/c.Panel_Sites_None';
import ORGANIZATION from '@salesforce/label/c.Panel_Organization';
import TITLE from '@salesforce/label/c.Panel_Sites';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';

export default class AccountSites extends LightningElement {
  @api sites: readonly string[] = [];
  @api organizations: readonly string[] = [];

  labels = { NONE, TITLE };

  get rows(): { key: string; site: string }[] {
    return this.sites.map((site, index) => ({ key: `${index} ${site}`, site }));
  }

  get isEmpty(): boolean {
    return this.sites.length === 0;
  }

  get organization(): string {
    return this.organizations.length > 0 ? fill(ORGANIZATION, this.organizations.join(', ')) : '';
  }
}
