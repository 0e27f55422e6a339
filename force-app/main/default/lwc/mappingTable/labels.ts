// Words of the mapping table.
import sellfire from '@salesforce/label/c.Mapping_Table_Sellfire';
import direction from '@salesforce/label/c.Mapping_Table_Direction';
import salesforce from '@salesforce/label/c.Mapping_Table_Salesforce';
import fires from '@salesforce/label/c.Mapping_Table_Fires';
import rule from '@salesforce/label/c.Mapping_Table_Rule';
import status from '@salesforce/label/c.Mapping_Table_Status';
import actions from '@salesforce/label/c.Mapping_Table_Actions';
import inspect from '@salesforce/label/c.Mapping_Table_Inspect';
import edit from '@salesforce/label/c.Mapping_Table_Edit';
import apply from '@salesforce/label/c.Mapping_Table_Apply';
import remove from '@salesforce/label/c.Mapping_Table_Delete';
import more from '@salesforce/label/c.Mapping_Table_More';
import empty from '@salesforce/label/c.Mapping_Table_Empty';
import noMatch from '@salesforce/label/c.Mapping_Table_No_Match';
import count from '@salesforce/label/c.Mapping_Table_Count';

export const labels = {
  sellfire,
  direction,
  salesforce,
  fires,
  rule,
  status,
  actions,
  inspect,
  edit,
  apply,
  remove,
  more,
  empty,
  noMatch,
  count,
};
