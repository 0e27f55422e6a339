// A Lightning page: its template's regions beside and beneath each other, and in each its components.
// Source: Salesforce Help, "Lightning Page Templates"; Metadata API Developer Guide, "FlexiPage".
import { api, LightningElement } from 'lwc';
import { metadata } from '../../../client/shell.ts';
import type { Page } from '../../../metadata/pages.ts';

/** Widths in twelfths by region, row by row. */
const TEMPLATES: Readonly<Record<string, readonly (readonly [string, number][])[]>> = {
  'home:desktopTemplate': [
    [
      ['main', 8],
      ['sidebar', 4],
    ],
  ],
  'flexipage:defaultAppHomeTemplate': [[['main', 12]]],
  'flexipage:appHomeTemplateHeaderTwoColumns': [
    [['header', 12]],
    [
      ['main', 8],
      ['sidebar', 4],
    ],
  ],
  'flexipage:recordHomeTemplateDesktop': [
    [['header', 12]],
    [
      ['main', 8],
      ['sidebar', 4],
    ],
  ],
  'flexipage:recordHomeSimpleViewTemplate': [
    [['header', 12]],
    [
      ['main', 8],
      ['sidebar', 4],
    ],
  ],
};

export default class Flexipage extends LightningElement {
  @api name = '';
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;

  get page(): Page | undefined {
    return metadata().pages.find(({ name }) => name === this.name || name.endsWith(`__${this.name}`));
  }

  get problem(): string {
    if (!this.page) return `There is no Lightning page ${this.name}.`;
    return this.page.template in TEMPLATES || this.page.template === 'home:desktopTemplate'
      ? ''
      : `The template ${this.page.template} is not in this host.`;
  }

  get rows() {
    const { page } = this;
    if (!page) return [];
    return rowsOf(page).map((cells, row) => ({
      key: String(row),
      cells: cells
        .filter(([region]) => page.regions[region])
        .map(([region, width]) => ({ region, className: `slds-col slds-size_1-of-1 slds-large-size_${width}-of-12` })),
    }));
  }
}

function rowsOf(page: Page): readonly (readonly [string, number][])[] {
  // A home page that was laid out with the older regions.
  if (page.template === 'home:desktopTemplate' && page.regions['top'])
    return [
      [
        ['top', 8],
        ['sidebar', 4],
      ],
      [
        ['bottomLeft', 4],
        ['bottomRight', 4],
      ],
    ];
  return TEMPLATES[page.template] ?? [];
}
