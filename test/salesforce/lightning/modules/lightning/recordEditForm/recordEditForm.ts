// `lightning-record-edit-form`: reads the record for the fields inside it, gathers what was changed, saves, and says what is
// wrong beside the field that it is wrong with. Source: Component Library, "Record Edit Form".
import { api, LightningElement } from 'lwc';
import {
  objectNameOf,
  readDefaults,
  readInfo,
  readPicklists,
  refusalOf,
  type FormField,
  type FormMessages,
} from '../../../client/forms.ts';
import type { FetchError } from '../../../client/http.ts';
import { createRecord, updateRecord, watchRecord } from '../../../client/records.ts';
import type { RecordRepresentation } from '../../../client/recordStore.ts';

export default class RecordEditForm extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: unknown;
  @api recordTypeId: string | undefined;
  @api formClass = '';
  @api density = 'auto';

  private readonly fields = new Map<string, FormField>();
  private messages: FormMessages | undefined;
  private isScheduled = false;
  private stop: (() => void) | undefined;

  override disconnectedCallback(): void {
    this.stop?.();
  }

  register(event: CustomEvent<FormField>): void {
    event.stopPropagation();
    this.fields.set(event.detail.name, event.detail);
    // All fields of one rendering are asked for together.
    if (this.isScheduled) return;
    this.isScheduled = true;
    void Promise.resolve().then(() => this.load());
  }

  registerMessages(event: CustomEvent<FormMessages>): void {
    event.stopPropagation();
    this.messages = event.detail;
  }

  private async load(): Promise<void> {
    this.isScheduled = false;
    this.stop?.();
    const object = objectNameOf(this.objectApiName);
    try {
      const info = await readInfo(object);
      if (this.recordId === undefined || this.recordId === '') {
        await this.give(object, await readDefaults(object), true);
        return;
      }
      const names = [...this.fields.keys()];
      const parents = names.flatMap((name) => info.fields[name]?.relationshipName ?? []);
      const config = {
        recordId: this.recordId,
        optionalFields: [...names, ...parents.map((name) => `${name}.Name`)].map((name) => `${object}.${name}`),
      };
      this.stop = watchRecord(config, ({ data, error }) => {
        if (error) this.refuse(error as FetchError);
        else if (data) void this.give(object, data, false);
      });
    } catch (error) {
      this.refuse(error as FetchError);
    }
  }

  private async give(object: string, record: RecordRepresentation, isNew: boolean): Promise<void> {
    const [info, picklists] = await Promise.all([readInfo(object), readPicklists(object)]);
    for (const [name, field] of this.fields) {
      const of = info.fields[name];
      if (!of) {
        field.setError(`There is no field ${name} on ${object}, or it is hidden.`);
        continue;
      }
      const parent = of.relationshipName === null ? undefined : record.fields[of.relationshipName];
      field.receive({
        object,
        info: of,
        value: record.fields[name]?.value ?? null,
        displayValue: parent?.displayValue ?? record.fields[name]?.displayValue ?? null,
        options: picklists[name]?.values ?? [],
        isNew,
      });
    }
    this.dispatchEvent(new CustomEvent('load', { detail: { record, objectInfos: { [object]: info } } }));
  }

  handleSubmit(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    const inputs = [...this.fields.values()].filter(({ isOutput }) => !isOutput);
    if (!inputs.map((field) => field.isValid()).every(Boolean)) return;
    const isNew = this.recordId === undefined || this.recordId === '';
    const sent = inputs.filter((field) => isNew || field.isChanged());
    const fields = Object.fromEntries(sent.map((field) => [field.name, field.value()]));
    const submit = new CustomEvent('submit', { cancelable: true, detail: { fields } });
    if (this.dispatchEvent(submit)) this.submit(fields);
  }

  /** Saves the given fields, or what was changed. */
  @api
  submit(fields: Record<string, unknown>): void {
    void this.save(fields);
  }

  private async save(fields: Record<string, unknown>): Promise<void> {
    this.messages?.show([]);
    try {
      const record =
        this.recordId === undefined || this.recordId === ''
          ? await createRecord({ apiName: objectNameOf(this.objectApiName), fields })
          : await updateRecord({ fields: { ...fields, Id: this.recordId } });
      this.dispatchEvent(new CustomEvent('success', { detail: record }));
    } catch (error) {
      this.refuse(error as FetchError);
    }
  }

  private refuse(error: FetchError): void {
    const { messages, fields } = refusalOf(error.body ?? { message: (error as unknown as Error).message });
    const unplaced = Object.entries(fields).filter(([name]) => !this.fields.has(name));
    for (const [name, message] of Object.entries(fields)) this.fields.get(name)?.setError(message);
    const all = [...messages, ...unplaced.map(([name, message]) => `${name}: ${message}`)];
    this.messages?.show(all);
    this.dispatchEvent(
      new CustomEvent('error', { detail: { message: all[0] ?? '', detail: all.join(' '), output: error.body } }),
    );
  }
}
