// `force:relatedListContainer`: every related list of the record's layout.
import { api, LightningElement } from 'lwc';
import { readOnce } from '../../../client/metadataApi.ts';

export default class RelatedLists extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  lists: { key: string; properties: Record<string, string> }[] = [];

  override async connectedCallback(): Promise<void> {
    const found = (await readOnce(`/ui-api/related-list-info/${this.objectApiName}`)) as {
      relatedLists: { relatedListId: string }[];
    };
    this.lists = found.relatedLists.map(({ relatedListId }) => ({
      key: relatedListId,
      properties: { relatedListApiName: relatedListId, rowsToDisplay: '6' },
    }));
  }
}
