// Words of the banner of the mapping page (M6).
import gate from '@salesforce/label/c.Mapping_Gate';
import gateWhy from '@salesforce/label/c.Mapping_Gate_Why';
import map from '@salesforce/label/c.Mapping_Gate_Map';
import mapOf from '@salesforce/label/c.Mapping_Gate_Map_Of';
import advice from '@salesforce/label/c.Mapping_Advice';
import name from '@salesforce/label/c.Mapping_Advice_Name';
import nameWhy from '@salesforce/label/c.Mapping_Advice_Name_Why';
import state from '@salesforce/label/c.Mapping_Advice_State';
import stateWhy from '@salesforce/label/c.Mapping_Advice_State_Why';

export const labels = {
  gate,
  gateWhy,
  map,
  mapOf,
  advice,
  name,
  nameWhy,
  state,
  stateWhy,
};
