// `lightning-input-field`: the input that suits the type of a field, inside a record-edit-form.
// Source: Component Library, "Input Field".
import { api, LightningElement } from 'lwc';
import { bareField, fieldEvent, type FieldData, type Option } from '../../../client/forms.ts';
import { say } from '../../../client/shell.ts';

interface Input extends HTMLElement {
  checkValidity(): boolean;
  reportValidity(): boolean;
  setCustomValidity(message: string): void;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Currency: 'number',
  Double: 'number',
  Int: 'number',
  Long: 'number',
  Percent: 'number',
};

export default class InputField extends LightningElement {
  @api fieldName: unknown;
  @api variant = 'standard';
  @api required = false;
  @api readOnly = false;
  @api disabled = false;
  data: FieldData | undefined;
  current: unknown;
  private given: unknown;
  private isGiven = false;
  private error = '';

  @api
  get value(): unknown {
    return this.current;
  }
  set value(value: unknown) {
    this.given = value;
    this.isGiven = true;
    this.current = value;
  }

  @api
  reset(): void {
    this.current = this.isGiven ? this.given : this.data?.value;
  }

  @api
  reportValidity(): boolean {
    return this.input?.reportValidity() ?? true;
  }

  override connectedCallback(): void {
    this.dispatchEvent(
      fieldEvent({
        name: bareField(this.fieldName),
        isOutput: false,
        receive: (data) => {
          // What somebody is typing stays.
          if (!this.isGiven && (this.data === undefined || this.current === this.data.value)) this.current = data.value;
          this.data = data;
        },
        value: () => (this.current === '' ? null : this.current),
        isChanged: () => this.isGiven || this.current !== this.data?.value,
        isValid: () => {
          this.showError('');
          return this.input?.reportValidity() ?? true;
        },
        setError: (message) => this.showError(message),
      }),
    );
  }

  private get input(): Input | null {
    return this.template?.querySelector<Input>('.input') ?? null;
  }

  private showError(message: string): void {
    this.error = message;
    const { input } = this;
    if (!input) return;
    input.setCustomValidity(message);
    if (message) input.reportValidity();
  }

  override renderedCallback(): void {
    if (this.error) this.showError(this.error);
  }

  get label(): string {
    return this.data?.info.label ?? '';
  }

  get help(): string | null {
    return this.data?.info.inlineHelpText ?? null;
  }

  get isRequired(): boolean {
    return this.required || (this.data?.info.required === true && this.data.info.dataType !== 'Boolean');
  }

  get isDisabled(): boolean {
    const { data } = this;
    const may = data?.isNew ? data.info.createable : data?.info.updateable;
    return this.disabled || this.readOnly || may === false;
  }

  private get type(): string {
    return this.data?.info.dataType ?? '';
  }

  get isCheckbox(): boolean {
    return this.type === 'Boolean';
  }

  get isPicklist(): boolean {
    return this.type === 'Picklist';
  }

  get isMultiPicklist(): boolean {
    return this.type === 'MultiPicklist';
  }

  get isLong(): boolean {
    return this.type === 'TextArea' || this.type === 'LongTextArea';
  }

  get isReference(): boolean {
    return this.type === 'Reference';
  }

  get inputType(): string {
    return INPUT_TYPES[this.type] ?? 'text';
  }

  get step(): string | undefined {
    if (this.inputType !== 'number') return undefined;
    const scale = this.data?.info.scale ?? 0;
    return scale === 0 ? '1' : `0.${'0'.repeat(scale - 1)}1`;
  }

  get maxLength(): number | undefined {
    const length = this.data?.info.length ?? 0;
    return length > 0 && this.inputType === 'text' ? length : undefined;
  }

  get text(): unknown {
    return this.current ?? '';
  }

  get isChecked(): boolean {
    return this.current === true;
  }

  get options(): Option[] {
    const listed = this.data?.options ?? [];
    const none = { label: say('--None--', '--Ninguno--'), value: '' };
    const values = String(this.current ?? '');
    // A value that the list does not have any more can stay.
    const other =
      values !== '' && !listed.some(({ value }) => value === values) ? [{ label: values, value: values }] : [];
    return [...(this.isRequired ? [] : [none]), ...listed, ...other];
  }

  get listed(): Option[] {
    return [...(this.data?.options ?? [])];
  }

  get chosen(): string[] {
    return String(this.current ?? '')
      .split(';')
      .filter(Boolean);
  }

  get parents(): string[] {
    return (this.data?.info.referenceToInfos ?? []).map(({ apiName }) => apiName);
  }

  change(event: CustomEvent<{ value?: unknown; checked?: boolean }>): void {
    const { value, checked } = event.detail;
    const chosen = Array.isArray(value) ? value.join(';') : value;
    const number = this.inputType === 'number' && chosen !== '' && chosen !== null ? Number(chosen) : chosen;
    this.current = this.isCheckbox ? checked : number;
    this.error = '';
    this.input?.setCustomValidity('');
    this.dispatchEvent(new CustomEvent('change', { detail: { value: this.current, checked } }));
  }
}
