// Words for deleting a mapping.
import both from '@salesforce/label/c.Mapping_Delete_Both';
import out from '@salesforce/label/c.Mapping_Delete_Out';
import into from '@salesforce/label/c.Mapping_Delete_In';
import off from '@salesforce/label/c.Mapping_Delete_Off';
import gate from '@salesforce/label/c.Mapping_Delete_Gate';
import confirm from '@salesforce/label/c.Mapping_Delete_Confirm';
import cancel from '@salesforce/label/c.Mapping_Editor_Cancel';

export const labels = {
  both,
  out,
  into,
  off,
  gate,
  confirm,
  cancel,
};
