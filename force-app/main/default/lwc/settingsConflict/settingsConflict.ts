// Two people edit: who saved what meanwhile, beside what the reader has, and the choice between the two. Nothing that was
// typed is lost by either.
import BLANK from '@salesforce/label/c.Settings_Blank';
import OTHER from '@salesforce/label/c.Settings_Conflict_Other';
import ROW from '@salesforce/label/c.Settings_Conflict_Row';
import TITLE from '@salesforce/label/c.Settings_Conflict_Title';
import KEEP from '@salesforce/label/c.Settings_Keep_Mine';
import OFF from '@salesforce/label/c.Settings_Off';
import ON from '@salesforce/label/c.Settings_On';
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import TAKE from '@salesforce/label/c.Settings_Take_Theirs';
import { fill } from 'c/labels';
import { withPrefix } from 'c/records';
import type { Saved, SettingValue, Values } from 'c/settingsData';
import type { FieldInfo } from 'lightning/uiObjectInfoApi';
import { api, LightningElement } from 'lwc';

/** @fires keepmine, takesaved when a button is pressed */
export default class SettingsConflict extends LightningElement {
  @api saved: Saved | undefined;
  @api draft: Values = {};
  /** The settings that both changed, each to something else. */
  @api conflicts: readonly string[] = [];
  @api fields: Readonly<Record<string, FieldInfo>> = {};

  labels = { KEEP, OTHER, TAKE };

  get heading(): string {
    return fill(TITLE, this.saved?.changedBy ?? SOMEBODY);
  }

  get rows(): { key: string; sentence: string }[] {
    return this.conflicts.map((field) => ({
      key: field,
      sentence: fill(
        ROW,
        this.fields[withPrefix(field)]?.label ?? field,
        wordOf(this.saved?.values[field]),
        wordOf(this.draft[field]),
      ),
    }));
  }

  keep(): void {
    this.dispatchEvent(new CustomEvent('keepmine'));
  }

  take(): void {
    this.dispatchEvent(new CustomEvent('takesaved'));
  }
}

function wordOf(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? ON : OFF;
  return value === undefined || value === '' ? BLANK : String(value);
}
