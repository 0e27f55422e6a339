// Words of what is chosen so far.
import loading from '@salesforce/label/c.Mapping_Picker_Loading';
import summary from '@salesforce/label/c.Mapping_Check_Summary';
import check from '@salesforce/label/c.Mapping_Step_Check';
import rule from '@salesforce/label/c.Mapping_Step_Rule';
import what from '@salesforce/label/c.Mapping_Step_What';
import when from '@salesforce/label/c.Mapping_Step_When';
import pair from '@salesforce/label/c.Mapping_Pair';

export const labels = { loading, summary, pair, when, what, rule, check };
