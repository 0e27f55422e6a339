// Words for applying a mapping to existing records.
import what from '@salesforce/label/c.Mapping_Apply_What';
import prefer from '@salesforce/label/c.Mapping_Apply_Prefer';
import salesforce from '@salesforce/label/c.Mapping_Apply_Prefer_Salesforce';
import sellfire from '@salesforce/label/c.Mapping_Apply_Prefer_Sellfire';
import count from '@salesforce/label/c.Mapping_Apply_Count';
import go from '@salesforce/label/c.Mapping_Apply_Go';
import goOne from '@salesforce/label/c.Mapping_Apply_Go_One';
import goUnknown from '@salesforce/label/c.Mapping_Apply_Go_Unknown';
import nothing from '@salesforce/label/c.Mapping_Apply_Nothing';
import running from '@salesforce/label/c.Mapping_Apply_Running';
import off from '@salesforce/label/c.Mapping_Apply_Off';
import notNow from '@salesforce/label/c.Mapping_Apply_Not_Now';
import close from '@salesforce/label/c.Mapping_Apply_Close';

export const labels = {
  what,
  prefer,
  salesforce,
  sellfire,
  count,
  go,
  goOne,
  goUnknown,
  nothing,
  running,
  off,
  notNow,
  close,
};
