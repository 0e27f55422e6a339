// What is not saved yet, always in sight, with the two things that can be done about it.
import CORRECT from '@salesforce/label/c.Settings_Correct';
import DISCARD from '@salesforce/label/c.Settings_Discard';
import RESTORED from '@salesforce/label/c.Settings_Restored';
import SAVE from '@salesforce/label/c.Settings_Save';
import MANY from '@salesforce/label/c.Settings_Unsaved_Many';
import ONE from '@salesforce/label/c.Settings_Unsaved_One';
import { number } from 'c/format';
import { counted } from 'c/labels';
import { api, LightningElement } from 'lwc';

/** @fires save, discard when a button is pressed */
export default class SaveBar extends LightningElement {
  /** Of changes. */
  @api count = 0;
  /** Whether they were made at an earlier visit of the page. */
  @api restored = false;
  @api saving = false;
  /** Whether a value is wrong. */
  @api blocked = false;

  labels = { CORRECT, DISCARD, RESTORED, SAVE };

  get words(): string {
    return counted(this.count, ONE, MANY, number(this.count));
  }

  get cannotSave(): boolean {
    return this.saving || this.blocked;
  }

  save(): void {
    this.dispatchEvent(new CustomEvent('save'));
  }

  discard(): void {
    this.dispatchEvent(new CustomEvent('discard'));
  }
}
