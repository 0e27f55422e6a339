// Words of the step When.
import question from '@salesforce/label/c.Mapping_When_Question';
import created from '@salesforce/label/c.Mapping_Trigger_Created';
import createdWhy from '@salesforce/label/c.Mapping_When_Created_Why';
import demo from '@salesforce/label/c.Mapping_Trigger_Demo';
import demoWhy from '@salesforce/label/c.Mapping_When_Demo_Why';
import sale from '@salesforce/label/c.Mapping_Trigger_Sale';
import saleWhy from '@salesforce/label/c.Mapping_When_Sale_Why';
import none from '@salesforce/label/c.Mapping_When_None';

export const labels = {
  question,
  created,
  createdWhy,
  demo,
  demoWhy,
  sale,
  saleWhy,
  none,
};
