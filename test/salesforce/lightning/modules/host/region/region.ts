// The components of one region of a Lightning page, or of a facet of one of them.
import { api, LightningElement } from 'lwc';
import { metadata, session } from '../../../client/shell.ts';
import type { PageComponent } from '../../../metadata/pages.ts';

export default class Region extends LightningElement {
  @api page = '';
  @api region = '';
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;

  get components() {
    const page = metadata().pages.find(({ name }) => name === this.page || name.endsWith(`__${this.page}`));
    return (page?.regions[this.region] ?? []).map((component) => this.placed(component));
  }

  private placed({ component, identifier, properties }: PageComponent) {
    const [namespace = '', name = ''] = component.split(':');
    // A bundle is named without its namespace inside its own package.
    const isOwn = namespace === 'c' || namespace === session.namespace || namespace === component;
    return {
      key: identifier,
      name: isOwn ? component.replace(/^\w+:/, '') : name,
      properties,
      context: { recordId: this.recordId, objectApiName: this.objectApiName, flexipageRegionWidth: 'MEDIUM' },
      isOwn,
      isRichText: component === 'flexipage:richText',
      isFilterListCard: component === 'flexipage:filterListCard',
      isTabset: component === 'flexipage:tabset',
      isHighlights: component === 'force:highlightsPanel',
      isDetails: component === 'force:detailPanel',
      isRelatedLists: component === 'force:relatedListContainer',
      isRelatedList: component === 'force:relatedListSingleContainer',
      notBuilt: `${component} is not in this host.`,
    };
  }
}
