// The settings as somebody would have them. Nothing is saved by itself, and nothing that was typed is lost: not by leaving the
// page, not by a save that fails, not by somebody who saves at the same time.
import SAVED from '@salesforce/label/c.Settings_Saved';
import { toPageError, type PageError } from 'c/errors';
import type { SettingChange } from 'c/settingRow';
import { changesOf, conflictsOf, faultOf, GROUPS, SETTINGS, type Saved, type Values } from 'c/settingsData';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { FieldInfo } from 'lightning/uiObjectInfoApi';
import { api, LightningElement } from 'lwc';
import { saveSettings } from './save';
import { keep, kept } from './unsaved';

const NOTHING: Saved = { id: undefined, changedAt: undefined, changedBy: undefined, values: {} };

/** @fires stale when what is saved is to be read again */
export default class SettingsForm extends LightningElement {
  @api fields: Readonly<Record<string, FieldInfo>> = {};
  @api stages: readonly { label: string; value: string }[] = [];

  draft: Values = kept()?.draft ?? {};
  /** What was saved when the first of the draft was typed. */
  before: Saved | undefined = kept()?.before;
  isRestored = Object.keys(this.draft).length > 0;
  isSaving = false;
  error: PageError | undefined;
  groups = GROUPS;
  private current: Saved = NOTHING;

  @api
  get saved(): Saved {
    return this.current;
  }
  set saved(saved: Saved) {
    this.current = saved;
    this.isSaving = false;
    if (this.count === 0) this.forget();
  }

  override connectedCallback(): void {
    window.addEventListener('beforeunload', this.guard);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('beforeunload', this.guard);
  }

  get changes(): Values {
    return changesOf(this.draft, this.current);
  }

  get count(): number {
    return Object.keys(this.changes).length;
  }

  get values(): Values {
    return { ...this.current.values, ...this.draft };
  }

  get conflicts(): string[] {
    return this.before ? conflictsOf(this.changes, this.before, this.current) : [];
  }

  /** Somebody saved since the draft was begun. */
  get isOvertaken(): boolean {
    return this.count > 0 && this.before !== undefined && this.before.changedAt !== this.current.changedAt;
  }

  get isBlocked(): boolean {
    const isWrong = SETTINGS.some((setting) => faultOf(setting, this.values[setting.field]) !== '');
    return isWrong || this.conflicts.length > 0;
  }

  change(event: CustomEvent<SettingChange>): void {
    this.before ??= this.current;
    this.draft = { ...this.draft, [event.detail.field]: event.detail.value };
    keep({ draft: this.draft, before: this.before });
    if (this.count === 0) this.forget();
  }

  async save(): Promise<void> {
    this.isSaving = true;
    this.error = undefined;
    try {
      await saveSettings(this.changes, this.current);
      this.dispatchEvent(new ShowToastEvent({ title: SAVED, variant: 'success' }));
    } catch (error) {
      this.error = toPageError(error);
      this.isSaving = false;
    }
    // After a success and after a conflict alike, the form does not display what is saved.
    this.dispatchEvent(new CustomEvent('stale'));
  }

  keepMine(): void {
    this.before = this.current;
    this.error = undefined;
    keep({ draft: this.draft, before: this.before });
  }

  forget(): void {
    this.draft = {};
    this.before = undefined;
    this.isRestored = false;
    this.error = undefined;
    keep(undefined);
  }

  private readonly guard = (event: BeforeUnloadEvent): void => {
    if (this.count > 0) event.preventDefault();
  };
}
