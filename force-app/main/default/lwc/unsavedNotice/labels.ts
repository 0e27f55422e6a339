// Words for a mapping that was left before it was saved.
import notice from '@salesforce/label/c.Mapping_Unsaved_Notice';
import goOn from '@salesforce/label/c.Mapping_Unsaved_Go_On';
import discard from '@salesforce/label/c.Mapping_Unsaved_Discard';

export const labels = { notice, goOn, discard };
