// Words for two admins who edited one mapping.
import title from '@salesforce/label/c.Mapping_Conflict_Title';
import somebody from '@salesforce/label/c.Mapping_Conflict_Somebody';
import what from '@salesforce/label/c.Mapping_Conflict_What';
import theirs from '@salesforce/label/c.Mapping_Conflict_Theirs';
import mine from '@salesforce/label/c.Mapping_Conflict_Mine';
import keep from '@salesforce/label/c.Mapping_Conflict_Keep';
import take from '@salesforce/label/c.Mapping_Conflict_Take';
import same from '@salesforce/label/c.Mapping_Conflict_Same';

export const labels = {
  title,
  somebody,
  what,
  theirs,
  mine,
  keep,
  take,
  same,
};
