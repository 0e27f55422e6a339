// Chooses one field among thousands (M2, M3), by the combobox and listbox pattern of ARIA. Promises that typing stays quick at 2,000
// fields, that everything can be done with the keys, and that a field that cannot be chosen is there and says why.
import { api, LightningElement } from 'lwc';
import { labels } from './labels';
import { CLOSED, moved, OPENED, STEPS, typed, type ListState } from './listState';
import { searchable, type PickerOption, type Searchable } from './options';
import { viewOf, type View } from './view';

export type { PickerOption } from './options';

/** @fires pick with `{ value }`; blank when the choice is cleared */
export default class FieldPicker extends LightningElement {
  @api label = '';
  /** Of the option that is chosen; it stays in the box where there is no such option any more. */
  @api value = '';
  /** The name of the chosen field where no option has it. */
  @api fallback = '';
  /** What is wrong with the choice. */
  @api message = '';
  @api isLoading = false;

  @api
  get options(): readonly PickerOption[] {
    return this.given;
  }
  set options(options: readonly PickerOption[]) {
    this.given = options;
    this.searchable = searchable(options);
  }

  readonly labels = labels;
  private given: readonly PickerOption[] = [];
  private searchable: Searchable[] = [];
  private list: ListState = CLOSED;
  private isMoved = false;
  private isLeft = false;

  @api focus(): void {
    this.template?.querySelector('input')?.focus();
  }

  get view(): View {
    const { given: options, searchable: all, value, fallback, message, isLoading } = this;
    return viewOf(this.list, { options, searchable: all, value, fallback, message, isLoading });
  }

  handleInput(event: Event): void {
    this.list = typed((event.target as HTMLInputElement).value);
  }

  handleClick(): void {
    if (!this.list.isOpen) this.list = OPENED;
  }

  handleFocusOut(): void {
    this.list = CLOSED;
  }

  handleKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (event.key === 'Escape' && this.list.isOpen) {
      // The dialog around stays open.
      event.stopPropagation();
      this.list = CLOSED;
      this.isLeft = true;
    } else if (step !== undefined) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === 'Enter' && this.list.isOpen) {
      event.preventDefault();
      this.pick(this.view.found[this.list.active]);
    }
  }

  /** The input keeps the focus while the pointer chooses. */
  handlePress(event: Event): void {
    event.preventDefault();
  }

  handlePick(event: Event): void {
    const { value } = (event.currentTarget as HTMLElement).dataset;
    this.pick(this.given.find((option) => option.value === value));
  }

  handleClear(): void {
    this.list = CLOSED;
    this.dispatchEvent(new CustomEvent('pick', { detail: { value: '' } }));
    this.focus();
  }

  /** The option that the keys are on stays in sight; what is typed after Escape replaces the choice in the box. */
  override renderedCallback(): void {
    if (this.isMoved) this.template?.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    if (this.isLeft) this.template?.querySelector('input')?.select();
    this.isMoved = false;
    this.isLeft = false;
  }

  private move(step: number): void {
    if (!this.list.isOpen) this.list = OPENED;
    this.list = moved(this.list, step, this.view.found.length);
    this.isMoved = true;
  }

  private pick(option: PickerOption | undefined): void {
    if (!option || option.reason !== '') return;
    this.list = CLOSED;
    this.dispatchEvent(new CustomEvent('pick', { detail: { value: option.value } }));
  }
}
