// Words of what is chosen so far.
import loading from '@salesforce/label/c.Mapping_Picker_Loading';
import summary from '@salesforce/label/c.Mapping_Check_Summary';
import pair from '@salesforce/label/c.Mapping_Pair';

export const labels = { loading, summary, pair };
