// What of a value passes in part, by the letter of the type table.
import type { Loss } from 'c/fieldFit';
import number from '@salesforce/label/c.Mapping_Loss_Number';
import whole from '@salesforce/label/c.Mapping_Loss_Whole';
import date from '@salesforce/label/c.Mapping_Loss_Date';
import moment from '@salesforce/label/c.Mapping_Loss_Moment';
import time from '@salesforce/label/c.Mapping_Loss_Time';
import boolean from '@salesforce/label/c.Mapping_Loss_Boolean';
import email from '@salesforce/label/c.Mapping_Loss_Email';
import url from '@salesforce/label/c.Mapping_Loss_Url';
import phone from '@salesforce/label/c.Mapping_Loss_Phone';
import extension from '@salesforce/label/c.Mapping_Loss_Extension';
import option from '@salesforce/label/c.Mapping_Loss_Option';
import recordId from '@salesforce/label/c.Mapping_Loss_RecordId';
import rep from '@salesforce/label/c.Mapping_Loss_Rep';
import split from '@salesforce/label/c.Mapping_Loss_Split';
import timeOfDay from '@salesforce/label/c.Mapping_Loss_TimeOfDay';
import noon from '@salesforce/label/c.Mapping_Loss_Noon';

export const LOSS_LABELS: Readonly<Record<Loss, string>> = {
  n: number,
  i: whole,
  d: date,
  m: moment,
  t: time,
  b: boolean,
  e: email,
  u: url,
  p: phone,
  x: extension,
  o: option,
  r: recordId,
  R: rep,
  s: split,
  l: timeOfDay,
  z: noon,
};
