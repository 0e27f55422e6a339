// Words of the filters above the mapping table.
import search from '@salesforce/label/c.Mapping_Filter_Search';
import hint from '@salesforce/label/c.Mapping_Filter_Search_Hint';
import object from '@salesforce/label/c.Mapping_Filter_Object';
import status from '@salesforce/label/c.Mapping_Filter_Status';
import trigger from '@salesforce/label/c.Mapping_Filter_Trigger';
import all from '@salesforce/label/c.Mapping_Filter_All';
import clear from '@salesforce/label/c.Mapping_Filter_Clear';
import count from '@salesforce/label/c.Mapping_Filter_Count';
import countOne from '@salesforce/label/c.Mapping_Filter_Count_One';
import ok from '@salesforce/label/c.Mapping_Status_Ok';
import warning from '@salesforce/label/c.Mapping_Status_Warning';
import issue from '@salesforce/label/c.Mapping_Status_Issue';
import off from '@salesforce/label/c.Mapping_Status_Off';
import unchecked from '@salesforce/label/c.Mapping_Status_Unchecked';

export const labels = {
  search,
  hint,
  object,
  status,
  trigger,
  all,
  clear,
  count,
  countOne,
  ok,
  warning,
  issue,
  off,
  unchecked,
};
