// Words of the preview of a mapping.
import record from '@salesforce/label/c.Mapping_Preview_Record';
import sellfire from '@salesforce/label/c.Mapping_Preview_Sellfire';
import salesforce from '@salesforce/label/c.Mapping_Preview_Salesforce';
import after from '@salesforce/label/c.Mapping_Preview_After';
import changesSellfire from '@salesforce/label/c.Mapping_Preview_Changes_Sellfire';
import changesSalesforce from '@salesforce/label/c.Mapping_Preview_Changes_Salesforce';
import changesNone from '@salesforce/label/c.Mapping_Preview_Changes_None';
import blank from '@salesforce/label/c.Mapping_Preview_Blank';
import caption from '@salesforce/label/c.Mapping_Preview_Caption';
import count from '@salesforce/label/c.Mapping_Check_Count';
import countOne from '@salesforce/label/c.Mapping_Check_Count_One';
import same from '@salesforce/label/c.Mapping_Check_Same';
import sameOne from '@salesforce/label/c.Mapping_Check_Same_One';
import none from '@salesforce/label/c.Mapping_Check_None';

export const labels = {
  record,
  sellfire,
  salesforce,
  after,
  changesSellfire,
  changesSalesforce,
  changesNone,
  blank,
  caption,
  count,
  countOne,
  same,
  sameOne,
  none,
};
