// Words of the sections of the mapping page.
import all from '@salesforce/label/c.Mapping_Section_All';
import system from '@salesforce/label/c.Mapping_Section_System';
import custom from '@salesforce/label/c.Mapping_Section_Custom';
import gone from '@salesforce/label/c.Mapping_Section_Gone';
import actionsOf from '@salesforce/label/c.Mapping_Table_Actions_Of';
import inspectOf from '@salesforce/label/c.Mapping_Table_Inspect_Of';

export const labels = {
  all,
  system,
  custom,
  gone,
  actionsOf,
  inspectOf,
};
