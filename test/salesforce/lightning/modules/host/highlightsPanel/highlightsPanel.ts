// `force:highlightsPanel`: what the record is called, the fields of its compact layout, and its actions.
import { api, LightningElement } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import LightningConfirm from 'lightning/confirm';
import ActionModal from 'host/actionModal';
import RecordModal from 'host/recordModal';
import { readInfo, readLayout, type ObjectInfo } from '../../../client/forms.ts';
import { request } from '../../../client/http.ts';
import { navigateTo } from '../../../client/navigation.ts';
import { problemOf } from '../../../client/problem.ts';
import { deleteRecord, watchRecord } from '../../../client/records.ts';
import type { RecordRepresentation } from '../../../client/recordStore.ts';
import { metadata, say } from '../../../client/shell.ts';
import { ShowToastEvent } from '../../lightning/platformShowToastEvent/platformShowToastEvent.ts';

interface Action {
  apiName: string;
  label: string;
  type: string;
  subtype: string | null;
  targetObject: string | null;
}

export default class HighlightsPanel extends LightningElement {
  @api objectApiName = '';
  info: ObjectInfo | undefined;
  record: RecordRepresentation | undefined;
  names: string[] = [];
  offered: Action[] = [];
  private openId = '';
  private stop: (() => void) | undefined;

  @api
  get recordId(): string {
    return this.openId;
  }
  set recordId(id: string) {
    this.openId = id;
    if (this.isConnected) void this.read();
  }

  override connectedCallback(): void {
    void this.read();
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  private async read(): Promise<void> {
    this.stop?.();
    this.stop = watchRecord({ recordId: this.openId, layoutTypes: ['Compact'] }, ({ data }) => (this.record = data));
    const [info, [compact], found] = await Promise.all([
      readInfo(this.objectApiName),
      readLayout(this.objectApiName, 'View', 'Compact'),
      request('GET', `/ui-api/actions/record/${this.openId}`) as Promise<{
        actions: Record<string, { actions: Action[] }>;
      }>,
    ]);
    this.info = info;
    this.names = (compact?.layoutRows ?? []).flatMap(({ layoutItems }) =>
      layoutItems.flatMap(({ layoutComponents }) => layoutComponents.at(-1)?.apiName ?? []),
    );
    this.offered = Object.values(found.actions).flatMap(({ actions }) => actions);
  }

  get heading(): string {
    const name = this.record?.fields['Name'] ?? this.record?.fields['Subject'];
    return String(name?.displayValue ?? name?.value ?? '');
  }

  get objectLabel(): string {
    return this.info?.label ?? '';
  }

  get fields() {
    return this.names
      .filter((name) => name !== 'Name')
      .map((name) => {
        const of = this.info?.fields[name];
        const parent = of?.relationshipName ? this.record?.fields[of.relationshipName] : undefined;
        const field = this.record?.fields[name];
        return {
          name,
          label: of?.label ?? name,
          type: of?.dataType ?? 'String',
          value: field?.value,
          displayValue: parent?.displayValue ?? field?.displayValue,
        };
      });
  }

  get actions(): Action[] {
    return this.offered.filter(({ apiName, type }) => type === 'QuickAction' || ['Edit', 'Delete'].includes(apiName));
  }

  async act(event: Event): Promise<void> {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    if (name === 'Edit') navigateTo(`/lightning/r/${this.objectApiName}/${this.openId}/edit`);
    else if (name === 'Delete') await this.remove();
    else await this.run(name ?? '');
  }

  private async remove(): Promise<void> {
    const label = say(`Delete ${this.objectLabel}`, `Eliminar: ${this.objectLabel}`);
    const message = say('Are you sure you want to delete this record?', '¿Confirma que desea eliminar este registro?');
    if (!(await LightningConfirm.open({ label, message, theme: 'default' }))) return;
    try {
      await deleteRecord(this.openId);
      navigateTo(`/lightning/o/${this.objectApiName}/list`);
    } catch (error) {
      this.dispatchEvent(new ShowToastEvent({ title: problemOf(error), variant: 'error' }));
    }
  }

  private async run(name: string): Promise<void> {
    const action = metadata().actions.find((one) => one.name === name);
    if (action?.kind === 'component') {
      await ActionModal.open({
        label: action.label,
        size: 'small',
        component: action.target,
        recordId: this.openId,
        objectApiName: this.objectApiName,
      });
    } else if (action?.kind === 'create') {
      const defaults = action.parentField === undefined ? {} : { [action.parentField]: this.openId };
      const fields = action.fields.map((field) => field.name);
      const made = await RecordModal.open({
        label: action.label,
        size: 'small',
        objectApiName: action.target,
        defaults,
        fields,
      });
      const { label } = await readInfo(action.target);
      const title = action.successMessage ?? say(`${label} was created.`, `Se creó: ${label}.`);
      if (!made) return;
      this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
      this.dispatchEvent(new RefreshEvent());
    } else {
      throw new Error(`The action ${name} is of a kind that is not in this host.`);
    }
  }
}
