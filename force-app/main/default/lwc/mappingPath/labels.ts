// Words of the path in the header of the mapping editor.
import steps from '@salesforce/label/c.Mapping_Editor_Steps';
import when from '@salesforce/label/c.Mapping_Step_When';
import what from '@salesforce/label/c.Mapping_Step_What';
import rule from '@salesforce/label/c.Mapping_Step_Rule';
import check from '@salesforce/label/c.Mapping_Step_Check';
import done from '@salesforce/label/c.Mapping_Step_State_Done';
import now from '@salesforce/label/c.Mapping_Step_State_Now';

export const labels = {
  steps,
  when,
  what,
  rule,
  check,
  done,
  now,
};
