// The page that a reference leads to.
import { api, LightningElement } from 'lwc';
import type { PageReference } from '../../../client/pageReference.ts';
import { metadata, say } from '../../../client/shell.ts';
import type { App, NavigationItem } from '../../../metadata/app.ts';

export default class Page extends LightningElement {
  @api reference: PageReference | undefined;
  @api app: App | undefined;

  get attributes(): PageReference['attributes'] {
    return this.reference?.attributes ?? {};
  }

  private get tab(): NavigationItem | undefined {
    if (this.reference?.type !== 'standard__navItemPage') return undefined;
    return metadata().tabs.find(({ name }) => name === this.attributes['apiName']);
  }

  get flexipage(): string | undefined {
    if (this.attributes['pageName'] === 'home') return this.app?.homePage;
    return this.tab?.kind === 'page' ? this.tab.target : undefined;
  }

  get component(): string | undefined {
    if (this.reference?.type === 'standard__component') return this.attributes['componentName']?.replace(/^c__/, '');
    return this.tab?.kind === 'component' ? this.tab.target : undefined;
  }

  get listObject(): string | undefined {
    if (this.tab?.kind === 'object') return this.tab.target;
    return this.reference?.type === 'standard__objectPage' ? this.attributes['objectApiName'] : undefined;
  }

  get listView(): string | undefined {
    return this.reference?.state['filterName'];
  }

  get isNew(): boolean {
    return this.attributes['actionName'] === 'new';
  }

  get defaults(): string {
    return this.reference?.state['defaultFieldValues'] ?? '';
  }

  /** By its unique name, as the org has no ids of dashboards. */
  get dashboard(): string | undefined {
    return this.objectApiName === 'Dashboard' ? this.recordId : undefined;
  }

  get recordId(): string | undefined {
    return this.reference?.type === 'standard__recordPage' ? this.attributes['recordId'] : undefined;
  }

  get objectApiName(): string | undefined {
    return this.attributes['objectApiName'];
  }

  get isEdit(): boolean {
    return this.attributes['actionName'] === 'edit';
  }

  get missing(): string {
    return say('This page is not in this host:', 'Esta página no está en este anfitrión:') + ` ${location.pathname}`;
  }
}
