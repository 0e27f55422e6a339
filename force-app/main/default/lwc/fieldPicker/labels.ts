// Words of the field picker.
import placeholder from '@salesforce/label/c.Mapping_Picker_Placeholder';
import none from '@salesforce/label/c.Mapping_Picker_None';
import more from '@salesforce/label/c.Mapping_Picker_More';
import count from '@salesforce/label/c.Mapping_Picker_Count';
import countOne from '@salesforce/label/c.Mapping_Picker_Count_One';
import loading from '@salesforce/label/c.Mapping_Picker_Loading';
import clear from '@salesforce/label/c.Mapping_Picker_Clear';

export const labels = {
  placeholder,
  none,
  more,
  count,
  countOne,
  loading,
  clear,
};
