// Words of the Field Mappings page.
import title from '@salesforce/label/c.Mapping_Page_Title';
import noCatalogue from '@salesforce/label/c.Mapping_Page_No_Catalogue';
import saved from '@salesforce/label/c.Mapping_Page_Saved';
import deleted from '@salesforce/label/c.Mapping_Page_Deleted';
import cut from '@salesforce/label/c.Mapping_Page_Cut';
import editorSystem from '@salesforce/label/c.Mapping_Editor_New_System';
import editorCustom from '@salesforce/label/c.Mapping_Editor_New_Custom';
import editorEdit from '@salesforce/label/c.Mapping_Editor_Edit';
import inspectTitle from '@salesforce/label/c.Mapping_Inspect_Title';
import deleteTitle from '@salesforce/label/c.Mapping_Delete_Title';
import applyTitle from '@salesforce/label/c.Mapping_Apply_Title';
import setTitle from '@salesforce/label/c.Mapping_Set_Title';
import unsaved from '@salesforce/label/c.Mapping_Unsaved_Question';
import pair from '@salesforce/label/c.Mapping_Pair';

export const labels = {
  title,
  noCatalogue,
  saved,
  deleted,
  cut,
  editorSystem,
  editorCustom,
  editorEdit,
  inspectTitle,
  deleteTitle,
  applyTitle,
  setTitle,
  unsaved,
  pair,
};
