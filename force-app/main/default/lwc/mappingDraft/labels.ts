// Words of a mapping that is being edited.
import outText from '@salesforce/label/c.Mapping_Rule_Out_Text';
import inText from '@salesforce/label/c.Mapping_Rule_In_Text';
import bothText from '@salesforce/label/c.Mapping_Rule_Both_Text';
import atOnce from '@salesforce/label/c.Mapping_Rule_At_Once';
import noneText from '@salesforce/label/c.Mapping_Rule_None_Text';
import onlyOut from '@salesforce/label/c.Mapping_Rule_Only_Out';
import when from '@salesforce/label/c.Mapping_Step_When';
import sellfire from '@salesforce/label/c.Mapping_What_Sellfire_Field';
import salesforce from '@salesforce/label/c.Mapping_What_Salesforce_Field';
import rule from '@salesforce/label/c.Mapping_Step_Rule';

export const labels = {
  outText,
  inText,
  bothText,
  atOnce,
  noneText,
  onlyOut,
  when,
  sellfire,
  salesforce,
  rule,
};
