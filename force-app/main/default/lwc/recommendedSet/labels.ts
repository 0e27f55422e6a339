// Words of the recommended mappings (B29).
import what from '@salesforce/label/c.Mapping_Set_What';
import save from '@salesforce/label/c.Mapping_Set_Save';
import saveOne from '@salesforce/label/c.Mapping_Set_Save_One';
import all from '@salesforce/label/c.Mapping_Set_All';
import none from '@salesforce/label/c.Mapping_Set_None';
import mapped from '@salesforce/label/c.Mapping_Set_Mapped';
import noSellfire from '@salesforce/label/c.Mapping_Set_No_Sellfire';
import noObject from '@salesforce/label/c.Mapping_Set_No_Object';
import noSalesforce from '@salesforce/label/c.Mapping_Set_No_Salesforce';
import saved from '@salesforce/label/c.Mapping_Set_Saved';
import failed from '@salesforce/label/c.Mapping_Set_Failed';
import result from '@salesforce/label/c.Mapping_Set_Result';
import close from '@salesforce/label/c.Mapping_Set_Close';
import loading from '@salesforce/label/c.Mapping_Set_Loading';
import pair from '@salesforce/label/c.Mapping_Pair';
import whyPhoneLead from '@salesforce/label/c.Mapping_Why_Phone_Lead';
import whyPhoneContact from '@salesforce/label/c.Mapping_Why_Phone_Contact';
import whyCompany from '@salesforce/label/c.Mapping_Why_Company';
import whyLastName from '@salesforce/label/c.Mapping_Why_Last_Name';
import whyFirstName from '@salesforce/label/c.Mapping_Why_First_Name';
import whyEmail from '@salesforce/label/c.Mapping_Why_Email';
import whyState from '@salesforce/label/c.Mapping_Why_State';
import whyCity from '@salesforce/label/c.Mapping_Why_City';
import whyAddress from '@salesforce/label/c.Mapping_Why_Address';
import whyPhase from '@salesforce/label/c.Mapping_Why_Phase';
import whyOwner from '@salesforce/label/c.Mapping_Why_Owner';
import whyWebsite from '@salesforce/label/c.Mapping_Why_Website';
import whyAccount from '@salesforce/label/c.Mapping_Why_Account';
import whyOpportunity from '@salesforce/label/c.Mapping_Why_Opportunity';

export const labels = {
  what,
  save,
  saveOne,
  all,
  none,
  mapped,
  noSellfire,
  noObject,
  noSalesforce,
  saved,
  failed,
  result,
  close,
  loading,
  pair,
  whyPhoneLead,
  whyPhoneContact,
  whyCompany,
  whyLastName,
  whyFirstName,
  whyEmail,
  whyState,
  whyCity,
  whyAddress,
  whyPhase,
  whyOwner,
  whyWebsite,
  whyAccount,
  whyOpportunity,
};
