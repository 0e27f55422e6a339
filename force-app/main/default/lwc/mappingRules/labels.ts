// Names of the sync rules, of the moments at which they fire, and of the ways that they carry values.
import salesforceUnlessBlank from '@salesforce/label/c.Mapping_Rule_Salesforce';
import alwaysSellfire from '@salesforce/label/c.Mapping_Rule_Sellfire';
import twoWay from '@salesforce/label/c.Mapping_Rule_Two_Way';
import doNotSync from '@salesforce/label/c.Mapping_Rule_Off';
import unknown from '@salesforce/label/c.Mapping_Rule_Unknown';
import createUpdate from '@salesforce/label/c.Mapping_Trigger_Created';
import demoSet from '@salesforce/label/c.Mapping_Trigger_Demo';
import sale from '@salesforce/label/c.Mapping_Trigger_Sale';
import never from '@salesforce/label/c.Mapping_Trigger_None';
import outward from '@salesforce/label/c.Mapping_Direction_Out';
import inward from '@salesforce/label/c.Mapping_Direction_In';
import bothWays from '@salesforce/label/c.Mapping_Direction_Both';
import neither from '@salesforce/label/c.Mapping_Direction_None';

export const labels = {
  salesforceUnlessBlank,
  alwaysSellfire,
  twoWay,
  doNotSync,
  unknown,
  createUpdate,
  demoSet,
  sale,
  never,
  outward,
  inward,
  bothWays,
  neither,
};
