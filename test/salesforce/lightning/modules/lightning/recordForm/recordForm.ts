// `lightning-record-form`: the fields of a record or of its layout, to be looked at, changed or filled in for a new one.
// Source: Component Library, "Record Form".
import { api, LightningElement } from 'lwc';
import { bareField, objectNameOf, readInfo, readLayout, type LayoutSection } from '../../../client/forms.ts';
import type { FetchError } from '../../../client/http.ts';
import { say } from '../../../client/shell.ts';

export default class RecordForm extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: unknown;
  @api fields: unknown[] | undefined;
  @api layoutType: string | undefined;
  @api columns: number | string = 1;
  @api density = 'auto';
  /** `view` with a record, `edit` without; `readonly` offers no change. */
  @api mode: 'view' | 'edit' | 'readonly' | undefined;
  isEditing = false;
  sections: LayoutSection[] = [];
  problem = '';
  /** For a new record of the shell: values to begin with. */
  @api defaults: Record<string, unknown> = {};

  override connectedCallback(): void {
    this.isEditing = this.mode === 'edit' || (!this.recordId && this.mode === undefined);
    void this.read();
  }

  private async read(): Promise<void> {
    try {
      const object = objectNameOf(this.objectApiName);
      if (this.fields && this.fields.length > 0) {
        const info = await readInfo(object);
        this.sections = [
          sectionOf(this.fields.map(bareField), Number(this.columns), (name) => info.fields[name]?.label ?? name),
        ];
        return;
      }
      const mode = this.recordId ? 'View' : 'Create';
      this.sections = await readLayout(object, mode, this.layoutType ?? 'Full');
    } catch (error) {
      this.problem = JSON.stringify((error as FetchError).body ?? (error as Error).message);
    }
  }

  get words() {
    return {
      edit: say('Edit', 'Modificar'),
      save: say('Save', 'Guardar'),
      cancel: say('Cancel', 'Cancelar'),
    };
  }

  get object(): string {
    return objectNameOf(this.objectApiName);
  }

  get mayEdit(): boolean {
    return this.mode !== 'readonly';
  }

  get rendered() {
    return this.sections.map((section) => ({
      id: section.id,
      heading: section.useHeading ? section.heading : '',
      rows: section.layoutRows.map(({ layoutItems }, row) => ({
        key: String(row),
        cells: layoutItems.map((item, cell) => ({
          key: String(cell),
          size: String(12 / Math.max(1, section.columns)),
          fields: this.fieldsIn(item),
        })),
      })),
    }));
  }

  private fieldsIn({
    layoutComponents,
    editableForNew,
    editableForUpdate,
    required,
  }: LayoutSection['layoutRows'][number]['layoutItems'][number]) {
    const names = layoutComponents.flatMap(({ apiName, componentType }) =>
      componentType === 'Field' && apiName ? [apiName] : [],
    );
    // A compound field is displayed as a whole, and changed by its parts.
    const whole = names.at(-1);
    const isCompound = names.length > 1;
    const wanted = !isCompound || !whole ? names : this.isEditing ? names.filter((name) => name !== whole) : [whole];
    const mayChange = this.recordId ? editableForUpdate : editableForNew;
    return wanted.map((name) => ({
      name,
      isInput: this.isEditing && mayChange,
      required: required && !isCompound,
      isPreset: name in this.defaults,
      preset: this.defaults[name],
    }));
  }

  edit(): void {
    this.isEditing = true;
  }

  cancel(): void {
    if (this.recordId && this.mode !== 'edit') this.isEditing = false;
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  succeed(event: CustomEvent<unknown>): void {
    if (this.mode !== 'edit') this.isEditing = !this.recordId;
    this.dispatchEvent(new CustomEvent('success', { detail: event.detail }));
  }

  fail(event: CustomEvent<unknown>): void {
    this.dispatchEvent(new CustomEvent('error', { detail: event.detail }));
  }

  load(event: CustomEvent<unknown>): void {
    this.dispatchEvent(new CustomEvent('load', { detail: event.detail }));
  }
}

function sectionOf(names: readonly string[], columns: number, label: (name: string) => string): LayoutSection {
  const rows: string[][] = [];
  for (let start = 0; start < names.length; start += columns) rows.push(names.slice(start, start + columns));
  return {
    id: 'fields',
    heading: '',
    useHeading: false,
    columns,
    layoutRows: rows.map((row) => ({
      layoutItems: row.map((name) => ({
        label: label(name),
        required: false,
        editableForNew: true,
        editableForUpdate: true,
        layoutComponents: [{ apiName: name, componentType: 'Field' }],
      })),
    })),
  };
}
