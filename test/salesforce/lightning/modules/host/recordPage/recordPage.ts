// The page of a record: the Lightning page of its object, or what every object has.
import { api, LightningElement } from 'lwc';
import RecordModal from 'host/recordModal';
import { readInfo } from '../../../client/forms.ts';
import { navigateTo } from '../../../client/navigation.ts';
import { problemOf } from '../../../client/problem.ts';
import { watchRecord } from '../../../client/records.ts';
import { metadata, say } from '../../../client/shell.ts';

export default class RecordPage extends LightningElement {
  @api objectApiName: string | undefined;
  object = '';
  problem = '';
  private openId = '';
  private opensEdit = false;
  private stop: (() => void) | undefined;

  @api
  get recordId(): string {
    return this.openId;
  }
  set recordId(id: string) {
    this.stop?.();
    this.openId = id;
    this.object = '';
    this.problem = '';
    this.stop = watchRecord({ recordId: id, layoutTypes: ['Compact'] }, ({ data, error }) => {
      this.problem = error ? problemOf(error) : '';
      if (data) this.object = data.apiName;
    });
  }

  @api
  get isEdit(): boolean {
    return this.opensEdit;
  }
  set isEdit(isEdit: boolean) {
    if (isEdit && !this.opensEdit) void Promise.resolve().then(() => this.edit());
    this.opensEdit = isEdit;
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get page(): string | undefined {
    return metadata().recordPages[this.object];
  }

  get isReady(): boolean {
    return this.object !== '';
  }

  private async edit(): Promise<void> {
    const object = this.object || (this.objectApiName ?? '');
    const { label } = await readInfo(object);
    await RecordModal.open({
      label: say(`Edit ${label}`, `Modificar: ${label}`),
      size: 'medium',
      objectApiName: object,
      recordId: this.openId,
    });
    navigateTo(`/lightning/r/${object}/${this.openId}/view`, true);
  }
}
