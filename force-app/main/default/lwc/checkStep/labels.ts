// Words of the step Check.
import question from '@salesforce/label/c.Mapping_Check_Question';
import again from '@salesforce/label/c.Mapping_Check_Again';
import waiting from '@salesforce/label/c.Mapping_Check_Waiting';
import away from '@salesforce/label/c.Mapping_Check_Away';
import later from '@salesforce/label/c.Mapping_Check_Later';
import warnings from '@salesforce/label/c.Mapping_Check_Warnings';
import conflicts from '@salesforce/label/c.Mapping_Check_Conflicts';
import conflictWith from '@salesforce/label/c.Mapping_Check_Conflict_With';
import dead from '@salesforce/label/c.Mapping_Check_Dead';
import issues from '@salesforce/label/c.Mapping_Check_Issues';
import fine from '@salesforce/label/c.Mapping_Check_Fine';

export const labels = {
  question,
  again,
  waiting,
  away,
  later,
  warnings,
  conflicts,
  conflictWith,
  dead,
  issues,
  fine,
};
