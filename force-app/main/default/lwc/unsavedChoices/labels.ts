// Words for a mapping that was closed before it was saved.
import question from '@salesforce/label/c.Mapping_Unsaved_Question';
import kept from '@salesforce/label/c.Mapping_Unsaved_Kept';
import goOn from '@salesforce/label/c.Mapping_Unsaved_Go_On';
import discard from '@salesforce/label/c.Mapping_Unsaved_Discard';

export const labels = { question, kept, goOn, discard };
