// Words of a save that failed.
import gone from '@salesforce/label/c.Mapping_Editor_Gone';
import session from '@salesforce/label/c.Mapping_Editor_Session';
import refused from '@salesforce/label/c.Mapping_Editor_Refused';
import saving from '@salesforce/label/c.Mapping_Editor_Saving';

export const labels = {
  gone,
  session,
  refused,
  saving,
};
