// Words of the option inspector (M7).
import sellfire from '@salesforce/label/c.Mapping_Inspect_Sellfire';
import value from '@salesforce/label/c.Mapping_Inspect_Value';
import label from '@salesforce/label/c.Mapping_Inspect_Label';
import state from '@salesforce/label/c.Mapping_Inspect_State';
import action from '@salesforce/label/c.Mapping_Inspect_Action';
import both from '@salesforce/label/c.Mapping_Inspect_Both';
import missingSellfire from '@salesforce/label/c.Mapping_Inspect_Missing_Sellfire';
import missingSalesforce from '@salesforce/label/c.Mapping_Inspect_Missing_Salesforce';
import create from '@salesforce/label/c.Mapping_Inspect_Create';
import createOf from '@salesforce/label/c.Mapping_Inspect_Create_Of';
import createAll from '@salesforce/label/c.Mapping_Inspect_Create_All';
import createAllOne from '@salesforce/label/c.Mapping_Inspect_Create_All_One';
import created from '@salesforce/label/c.Mapping_Inspect_Created';
import running from '@salesforce/label/c.Mapping_Inspect_Running';
import failed from '@salesforce/label/c.Mapping_Inspect_Failed';
import complete from '@salesforce/label/c.Mapping_Inspect_Complete';
import lacking from '@salesforce/label/c.Mapping_Inspect_Lacking';
import lackingOne from '@salesforce/label/c.Mapping_Inspect_Lacking_One';
import loading from '@salesforce/label/c.Mapping_Inspect_Loading';
import close from '@salesforce/label/c.Mapping_Inspect_Close';

export const labels = {
  sellfire,
  value,
  label,
  state,
  action,
  both,
  missingSellfire,
  missingSalesforce,
  create,
  createOf,
  createAll,
  createAllOne,
  created,
  running,
  failed,
  complete,
  lacking,
  lackingOne,
  loading,
  close,
};
