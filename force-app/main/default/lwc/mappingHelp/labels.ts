// How the sync rules work.
import heading from '@salesforce/label/c.Mapping_Page_Help';
import salesforce from '@salesforce/label/c.Mapping_Help_Salesforce';
import sellfire from '@salesforce/label/c.Mapping_Help_Sellfire';
import twoWay from '@salesforce/label/c.Mapping_Help_Two_Way';
import off from '@salesforce/label/c.Mapping_Help_Off';

export const labels = {
  heading,
  salesforce,
  sellfire,
  twoWay,
  off,
};
