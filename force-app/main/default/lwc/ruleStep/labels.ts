// Words of the step Rule.
import question from '@salesforce/label/c.Mapping_Rule_Question';
import cannot from '@salesforce/label/c.Mapping_Rule_Cannot';

export const labels = {
  question,
  cannot,
};
