// M9: promises that the admin sees on real records what a mapping would change, before it changes anything.
import { api, LightningElement } from 'lwc';
import { counted } from 'c/mappingTexts';
import { labels } from './labels';
import type { Preview } from './preview';

export { toPreview } from './preview';
export type { Preview } from './preview';

interface PreviewRow {
  key: string;
  name: string;
  sellfire: string;
  salesforce: string;
  after: string;
  side: string;
  icon: string;
  note: string;
}
const SIDES: Readonly<Record<string, [words: string, icon: string]>> = {
  salesforce: [labels.changesSalesforce, 'utility:forward'],
  sellfire: [labels.changesSellfire, 'utility:back'],
  none: [labels.changesNone, 'utility:check'],
};
const display = (value: string): string => (value === '' ? labels.blank : value);

export default class MappingPreview extends LightningElement {
  @api preview: Preview | undefined;

  readonly labels = labels;

  get countText(): string {
    const { total = 0, differ = 0 } = this.preview ?? {};
    if (total === 0) return labels.none;
    return differ === 0
      ? counted(total, labels.sameOne, labels.same)
      : counted(total, labels.countOne, labels.count, differ);
  }

  get rows(): PreviewRow[] {
    return (this.preview?.rows ?? []).map(({ recordId, name, sellfireNow, salesforceNow, after, side, note }, at) => {
      const [words, icon] = SIDES[side] ?? [side, 'utility:info'];
      return {
        ...{ key: `${at}-${recordId}`, name: name || recordId, note, side: words, icon },
        ...{ sellfire: display(sellfireNow), salesforce: display(salesforceNow) },
        // Where nothing changes there is no value to come.
        after: side === 'none' ? '' : display(after),
      };
    });
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }
}
