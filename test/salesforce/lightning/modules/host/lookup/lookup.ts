// A box that finds a record by what is typed, by arrow keys or by pointer; the listbox pattern of ARIA.
// Source: ARIA Authoring Practices Guide, "Combobox with List Autocomplete"; SLDS, "Combobox".
import { api, LightningElement } from 'lwc';
import { request } from '../../../client/http.ts';
import { say } from '../../../client/shell.ts';

export interface Choice {
  id: string;
  label: string;
  meta: string;
}
/** Finds what fits a text. */
export type Finder = (text: string) => Promise<Choice[]>;

/** Suggestions at once. */
const MOST = 5;
let last = 0;

export default class Lookup extends LightningElement {
  @api label = '';
  @api variant = 'standard';
  @api placeholder = '';
  @api required = false;
  @api disabled = false;
  @api fieldLevelHelp: string | null = null;
  /** Objects to look in, where no finder is given. */
  @api objects: string[] = [];
  @api finder: Finder | undefined;
  @api messageWhenValueMissing = '';
  text = '';
  choices: Choice[] = [];
  isOpen = false;
  active = -1;
  error = '';
  private prefix = `lookup-${++last}`;
  private selected: string | null = null;
  private custom = '';
  private labelOf = '';

  @api
  get value(): string | null {
    return this.selected;
  }
  set value(value: string | null | undefined) {
    this.selected = value || null;
    if (!this.selected) this.labelOf = '';
    else if (!this.labelOf) void this.readLabel(this.selected);
  }

  @api
  get selectedLabel(): string | null {
    return this.labelOf;
  }
  set selectedLabel(label: string | null) {
    if (label) this.labelOf = label;
  }

  private async readLabel(id: string): Promise<void> {
    try {
      const record = (await request('GET', `/ui-api/records/${id}?layoutTypes=Compact`)) as {
        fields: Record<string, { value: unknown; displayValue: string | null }>;
      };
      const name = record.fields['Name'];
      if (this.selected === id) this.labelOf = String(name?.displayValue ?? name?.value ?? id);
    } catch {
      this.labelOf = id;
    }
  }

  get words() {
    return {
      search: this.placeholder || say('Search…', 'Buscar…'),
      clear: say('Clear Selection', 'Borrar selección'),
      none: say('No results', 'Sin resultados'),
    };
  }

  get className(): string {
    return `slds-form-element${this.error ? ' slds-has-error' : ''}`;
  }

  get labelClass(): string {
    return `slds-form-element__label${this.variant === 'label-hidden' ? ' slds-assistive-text' : ''}`;
  }

  get boxClass(): string {
    return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click${this.isOpen ? ' slds-is-open' : ''}`;
  }

  get isChosen(): boolean {
    return this.selected !== null;
  }

  get inputValue(): string {
    return this.isChosen ? this.labelOf : this.text;
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  get options() {
    return this.choices.map((choice, index) => ({
      ...choice,
      key: `${this.prefix}-${index}`,
      selected: String(index === this.active),
      className: `slds-media slds-listbox__option slds-listbox__option_plain slds-media_small${index === this.active ? ' slds-has-focus' : ''}`,
    }));
  }

  get activeId(): string | undefined {
    return this.options[this.active]?.key;
  }

  get isEmpty(): boolean {
    return this.choices.length === 0;
  }

  async open(): Promise<void> {
    if (this.disabled || this.isChosen) return;
    const asked = this.text;
    const found = await (this.finder ? this.finder(asked) : this.findIn(asked));
    // An answer to what was typed before comes too late.
    if (asked !== this.text) return;
    this.choices = found;
    this.active = -1;
    this.isOpen = true;
  }

  private async findIn(text: string): Promise<Choice[]> {
    const found = await Promise.all(
      this.objects.map(async (object): Promise<Choice[]> => {
        const where = text === '' ? '' : `where: { Name: { like: ${JSON.stringify(`%${text}%`)} } }, `;
        const records = `${object}(${where}first: ${MOST}) { edges { node { Id Name { value } } } }`;
        const body = { query: `query find { uiapi { query { ${records} } } }` };
        const answer = (await request('POST', '/graphql', body)) as {
          data?: { uiapi: { query: Record<string, { edges: { node: { Id: string; Name: { value: string } } }[] }> } };
        };
        return (answer.data?.uiapi.query[object]?.edges ?? []).map(({ node }) => ({
          id: node.Id,
          label: node.Name.value,
          meta: '',
        }));
      }),
    );
    return found.flat();
  }

  type(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    void this.open();
  }

  press(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) void this.open();
      else if (this.choices.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.active = (this.active + step + this.choices.length) % this.choices.length;
      }
    } else if (event.key === 'Enter' && this.isOpen) {
      event.preventDefault();
      const choice = this.choices[this.active];
      if (choice) this.choose(choice);
    } else if (event.key === 'Escape' && this.isOpen) {
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  pick(event: Event): void {
    // Before the box loses the focus.
    event.preventDefault();
    const { index } = (event.currentTarget as HTMLElement).dataset;
    const choice = this.choices[Number(index)];
    if (choice) this.choose(choice);
  }

  private choose({ id, label }: Choice): void {
    this.selected = id;
    this.labelOf = label;
    this.text = '';
    this.isOpen = false;
    this.error = '';
    this.dispatchChange();
  }

  clear(): void {
    this.clearSelection();
    this.dispatchChange();
  }

  @api
  clearSelection(): void {
    this.selected = null;
    this.labelOf = '';
    this.text = '';
  }

  close(): void {
    this.isOpen = false;
  }

  private dispatchChange(): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value: this.selected, recordId: this.selected } }));
  }

  @api
  focus(): void {
    this.template?.querySelector('input')?.focus();
  }

  @api
  blur(): void {
    this.template?.querySelector('input')?.blur();
  }

  @api
  checkValidity(): boolean {
    return this.custom === '' && !(this.required && !this.isChosen);
  }

  @api
  reportValidity(): boolean {
    const missing = this.messageWhenValueMissing || say('Complete this field.', 'Complete este campo.');
    this.error = this.custom || (this.required && !this.isChosen ? missing : '');
    return this.error === '';
  }

  @api
  setCustomValidity(message: string): void {
    this.custom = message;
  }
}
