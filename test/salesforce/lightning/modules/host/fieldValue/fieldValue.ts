// A value of a record in the way that suits its type.
import { api, LightningElement } from 'lwc';
import { navigateTo } from '../../../client/navigation.ts';

export default class FieldValue extends LightningElement {
  @api type = 'String';
  @api value: unknown;
  @api displayValue: string | null | undefined;
  /** Of the record that a name leads to. */
  @api recordId: string | undefined;

  get text(): string {
    const { value, displayValue } = this;
    if (displayValue !== null && displayValue !== undefined && displayValue !== '') return displayValue;
    return value === null || value === undefined ? '' : String(value);
  }

  get isCheckbox(): boolean {
    return this.type === 'Boolean';
  }

  get checkIcon(): string {
    return this.value === true ? 'utility:check' : 'utility:steps';
  }

  get checkText(): string {
    return this.value === true ? 'True' : 'False';
  }

  get isPhone(): boolean {
    return this.type === 'Phone' && this.text !== '';
  }

  get isEmail(): boolean {
    return this.type === 'Email' && this.text !== '';
  }

  get isUrl(): boolean {
    return this.type === 'Url' && this.text !== '';
  }

  get isLink(): boolean {
    return this.linked !== undefined && this.text !== '';
  }

  get isLong(): boolean {
    return this.type === 'TextArea' || this.type === 'LongTextArea';
  }

  private get linked(): string | undefined {
    if (this.recordId !== undefined) return this.recordId;
    return this.type === 'Reference' && typeof this.value === 'string' ? this.value : undefined;
  }

  get href(): string {
    return `/lightning/r/${this.linked ?? ''}/view`;
  }

  go(event: Event): void {
    event.preventDefault();
    navigateTo(this.href);
  }
}
