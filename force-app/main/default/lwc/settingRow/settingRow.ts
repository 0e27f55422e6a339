// One setting: its name, one line on what it does, and the way to set it. What is wrong with a value is said beneath it.
import OFF from '@salesforce/label/c.Settings_Off';
import ON from '@salesforce/label/c.Settings_On';
import TYPE_DEFAULT from '@salesforce/label/c.Settings_Record_Type_Default';
import TYPE_UNKNOWN from '@salesforce/label/c.Settings_Record_Type_Unknown';
import STAGE_UNKNOWN from '@salesforce/label/c.Settings_Stage_Unknown';
import { fill } from 'c/labels';
import { faultOf, type Setting, type SettingValue } from 'c/settingsData';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';

export interface SettingChange {
  field: string;
  value: SettingValue;
}

/** @fires settingchange with a SettingChange as detail */
export default class SettingRow extends LightningElement {
  @api setting: Setting | undefined;
  @api value: SettingValue;
  /** Translated, from the metadata of the field. */
  @api label = '';
  @api help = '';
  /** Stages of the org; none where they cannot be read. */
  @api stages: readonly { label: string; value: string }[] = [];

  labels = { OFF, ON };
  private recordTypes: { label: string; value: string }[] = [];

  /** Whoever may not see the object writes the record type out. */
  @wire(getObjectInfo, { objectApiName: '$setting.object' })
  readRecordTypes({ data }: WireResult<ObjectInfo>): void {
    this.recordTypes = Object.values(data?.recordTypeInfos ?? {})
      .filter(({ master }) => !master)
      .map(({ name, recordTypeId }) => ({ label: name, value: recordTypeId }));
  }

  get isToggle(): boolean {
    return this.setting?.kind === 'toggle';
  }

  /** Beside a switch it stands with the name. */
  get hasHelpBeneath(): boolean {
    return !this.isToggle;
  }

  get isNumber(): boolean {
    return this.setting?.kind === 'number';
  }

  get isChoice(): boolean {
    return this.choices.length > 0;
  }

  get isChecked(): boolean {
    return this.value === true;
  }

  get text(): string {
    return this.value === undefined ? '' : String(this.value);
  }

  /** With the present one, also where the org does not have it: nothing is changed by looking. */
  get options(): { label: string; value: string }[] {
    const unknown = this.setting?.kind === 'stage' ? STAGE_UNKNOWN : TYPE_UNKNOWN;
    const known = this.choices.some(({ value }) => value === this.text);
    const present = known || this.text === '' ? [] : [{ label: fill(unknown, this.text), value: this.text }];
    return [...present, ...this.choices];
  }

  private get choices(): readonly { label: string; value: string }[] {
    if (this.setting?.kind === 'stage') return this.stages;
    if (this.setting?.kind !== 'recordType' || this.recordTypes.length === 0) return [];
    return [{ label: TYPE_DEFAULT, value: '' }, ...this.recordTypes];
  }

  get fault(): string {
    return this.setting ? faultOf(this.setting, this.value) : '';
  }

  get rowClass(): string {
    return this.fault ? 'slds-form-element slds-has-error' : 'slds-form-element';
  }

  get inputType(): string {
    return this.setting?.kind === 'address' ? 'url' : 'text';
  }

  check(event: CustomEvent<{ checked: boolean }>): void {
    this.say(event.detail.checked);
  }

  count(event: CustomEvent<{ value: string }>): void {
    this.say(event.detail.value === '' ? undefined : Number(event.detail.value));
  }

  write(event: CustomEvent<{ value: string }>): void {
    this.say(event.detail.value === '' ? undefined : event.detail.value);
  }

  private say(value: SettingValue): void {
    const detail: SettingChange = { field: this.setting?.field ?? '', value };
    this.dispatchEvent(new CustomEvent('settingchange', { detail }));
  }
}
