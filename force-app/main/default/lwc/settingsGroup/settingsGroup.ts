// The settings that answer one question of the administrator; the alerts can be tried out beneath theirs.
import { withPrefix } from 'c/records';
import type { Group, Setting, SettingValue, Values } from 'c/settingsData';
import type { FieldInfo } from 'lightning/uiObjectInfoApi';
import { api, LightningElement } from 'lwc';

interface Row {
  setting: Setting;
  value: SettingValue;
  label: string;
  help: string;
}

/** @fires settingchange as its rows do, within the form around it alone */
export default class SettingsGroup extends LightningElement {
  @api group: Group | undefined;
  @api values: Values = {};
  /** Of the object, by API name as the org has it. A field that the user may not see is not among them, and has no row. */
  @api fields: Readonly<Record<string, FieldInfo>> = {};
  @api stages: readonly { label: string; value: string }[] = [];

  get hasTest(): boolean {
    return this.group?.id === 'alerts';
  }

  get rows(): Row[] {
    return (this.group?.settings ?? []).flatMap((setting) => {
      const info = this.fields[withPrefix(setting.field)];
      if (!info) return [];
      return [{ setting, value: this.values[setting.field], label: info.label, help: info.inlineHelpText ?? '' }];
    });
  }

  pass({ detail }: CustomEvent<unknown>): void {
    this.dispatchEvent(new CustomEvent('settingchange', { detail, bubbles: true }));
  }
}
