// What types are called: Sellfire's, and Salesforce's by describe's names. The two share a name only where they mean one.
import addressType from '@salesforce/label/c.Mapping_Type_Address';
import checkboxType from '@salesforce/label/c.Mapping_Type_Checkbox';
import currencyType from '@salesforce/label/c.Mapping_Type_Currency';
import dateType from '@salesforce/label/c.Mapping_Type_Date';
import dropdownType from '@salesforce/label/c.Mapping_Type_Dropdown';
import emailType from '@salesforce/label/c.Mapping_Type_Email';
import encryptedType from '@salesforce/label/c.Mapping_Type_Encrypted';
import fileType from '@salesforce/label/c.Mapping_Type_File';
import idType from '@salesforce/label/c.Mapping_Type_Id';
import locationType from '@salesforce/label/c.Mapping_Type_Location';
import longTextType from '@salesforce/label/c.Mapping_Type_Long_Text';
import lookupType from '@salesforce/label/c.Mapping_Type_Lookup';
import momentType from '@salesforce/label/c.Mapping_Type_Moment';
import multiType from '@salesforce/label/c.Mapping_Type_Multi';
import multiTextType from '@salesforce/label/c.Mapping_Type_Multi_Text';
import numberType from '@salesforce/label/c.Mapping_Type_Number';
import percentType from '@salesforce/label/c.Mapping_Type_Percent';
import phoneType from '@salesforce/label/c.Mapping_Type_Phone';
import picklistType from '@salesforce/label/c.Mapping_Type_Picklist';
import repType from '@salesforce/label/c.Mapping_Type_Rep';
import textType from '@salesforce/label/c.Mapping_Type_Text';
import textAreaType from '@salesforce/label/c.Mapping_Type_Text_Area';
import timeType from '@salesforce/label/c.Mapping_Type_Time';
import urlType from '@salesforce/label/c.Mapping_Type_Url';
import wholeType from '@salesforce/label/c.Mapping_Type_Whole';

export const TYPE_LABELS: Readonly<Record<string, string>> = {
  text: textType,
  long_text: longTextType,
  number: numberType,
  currency: currencyType,
  percent: percentType,
  date: dateType,
  datetime: momentType,
  checkbox: checkboxType,
  select: dropdownType,
  multi_select: multiType,
  multi_text: multiTextType,
  phone: phoneType,
  email: emailType,
  url: urlType,
  rep: repType,
  string: textType,
  encryptedstring: encryptedType,
  textarea: textAreaType,
  picklist: picklistType,
  combobox: picklistType,
  multipicklist: multiType,
  boolean: checkboxType,
  int: wholeType,
  long: wholeType,
  double: numberType,
  time: timeType,
  reference: lookupType,
  id: idType,
  address: addressType,
  location: locationType,
  base64: fileType,
};
