// Words of the step What.
import question from '@salesforce/label/c.Mapping_What_Question';
import sellfire from '@salesforce/label/c.Mapping_What_Sellfire';
import salesforce from '@salesforce/label/c.Mapping_What_Salesforce';
import sellfireField from '@salesforce/label/c.Mapping_What_Sellfire_Field';
import object from '@salesforce/label/c.Mapping_What_Object';
import objectHint from '@salesforce/label/c.Mapping_What_Object_Hint';
import salesforceField from '@salesforce/label/c.Mapping_What_Salesforce_Field';
import objectFirst from '@salesforce/label/c.Mapping_What_Object_First';
import out from '@salesforce/label/c.Mapping_What_Out';
import into from '@salesforce/label/c.Mapping_What_In';
import gone from '@salesforce/label/c.Mapping_What_Gone';
import noAccess from '@salesforce/label/c.Mapping_What_No_Access';
import moments from '@salesforce/label/c.Mapping_What_Moments';
import kept from '@salesforce/label/c.Mapping_What_Kept';
import required from '@salesforce/label/c.Mapping_Mark_Required';
import readOnly from '@salesforce/label/c.Mapping_Mark_Read_Only';

export const labels = {
  question,
  sellfire,
  salesforce,
  sellfireField,
  object,
  objectHint,
  salesforceField,
  objectFirst,
  out,
  into,
  gone,
  noAccess,
  moments,
  kept,
  required,
  readOnly,
};
