// Words of the buttons of the mapping editor.
import cancel from '@salesforce/label/c.Mapping_Editor_Cancel';
import back from '@salesforce/label/c.Mapping_Editor_Back';
import next from '@salesforce/label/c.Mapping_Editor_Next';
import save from '@salesforce/label/c.Mapping_Editor_Save';
import saveApply from '@salesforce/label/c.Mapping_Editor_Save_Apply';

export const labels = {
  cancel,
  back,
  next,
  save,
  saveApply,
};
