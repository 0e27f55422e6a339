// Words of a row of the mapping table.
import ok from '@salesforce/label/c.Mapping_Status_Ok';
import warning from '@salesforce/label/c.Mapping_Status_Warning';
import issue from '@salesforce/label/c.Mapping_Status_Issue';
import off from '@salesforce/label/c.Mapping_Status_Off';
import unchecked from '@salesforce/label/c.Mapping_Status_Unchecked';
import uncheckedWhy from '@salesforce/label/c.Mapping_Status_Unchecked_Why';
import pair from '@salesforce/label/c.Mapping_Pair';

export const labels = {
  ok,
  warning,
  issue,
  off,
  unchecked,
  uncheckedWhy,
  pair,
};
