// `lightning-output-field`: a field of a record with its label, in the way that suits its type, inside a form.
// Source: Component Library, "Output Field".
import { api, LightningElement } from 'lwc';
import { bareField, fieldEvent, type FieldData } from '../../../client/forms.ts';

export default class OutputField extends LightningElement {
  @api fieldName: unknown;
  @api variant = 'standard';
  @api fieldClass = '';
  data: FieldData | undefined;
  problem = '';

  override connectedCallback(): void {
    this.dispatchEvent(
      fieldEvent({
        name: bareField(this.fieldName),
        isOutput: true,
        receive: (data) => void (this.data = data),
        value: () => undefined,
        isChanged: () => false,
        isValid: () => true,
        setError: (message) => void (this.problem = message),
      }),
    );
  }

  get hasLabel(): boolean {
    return this.variant !== 'label-hidden';
  }
}
