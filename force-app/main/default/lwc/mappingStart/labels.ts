// Words of the mapping page that has no mapping yet.
import heading from '@salesforce/label/c.Mapping_Start_Heading';
import phone from '@salesforce/label/c.Mapping_Start_Phone';
import phoneWhy from '@salesforce/label/c.Mapping_Start_Phone_Why';
import set from '@salesforce/label/c.Mapping_Start_Set';
import setWhy from '@salesforce/label/c.Mapping_Start_Set_Why';
import rules from '@salesforce/label/c.Mapping_Start_Rules';
import rulesWhy from '@salesforce/label/c.Mapping_Start_Rules_Why';

export const labels = {
  heading,
  phone,
  phoneWhy,
  set,
  setWhy,
  rules,
  rulesWhy,
};
