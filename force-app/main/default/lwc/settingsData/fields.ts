// The fields of Sync Settings that an administrator sets, with the default that holds before anybody has saved, and the query
// that reads them.

export type SettingValue = string | number | boolean | undefined;

export interface Setting {
  field: string;
  group: 'create' | 'carry' | 'demo' | 'sale' | 'rules' | 'alerts' | 'limits' | 'addresses';
  kind: 'toggle' | 'number' | 'address' | 'stage' | 'recordType';
  fallback: SettingValue;
  /** Of a record type: whose. */
  object?: string;
  /** Of a number. */
  min?: number;
  max?: number;
}

const toggle = (field: string, group: Setting['group'], fallback: boolean): Setting => ({
  field,
  group,
  kind: 'toggle',
  fallback,
});

const recordType = (object: string): Setting => ({
  field: `${object}_Record_Type__c`,
  group: 'rules',
  kind: 'recordType',
  fallback: undefined,
  object,
});

export const SETTINGS: readonly Setting[] = [
  toggle('Create_In_Salesforce__c', 'create', true),
  toggle('Create_In_Sellfire__c', 'create', true),
  toggle('Update_In_Salesforce__c', 'carry', true),
  toggle('Update_In_Sellfire__c', 'carry', true),
  toggle('Activity_Sync__c', 'carry', false),
  toggle('Connection_Update__c', 'demo', false),
  toggle('Account_At_Demo__c', 'demo', false),
  toggle('Opportunity_At_Demo__c', 'demo', false),
  { field: 'Demo_Stage__c', group: 'demo', kind: 'stage', fallback: 'Qualification' },
  toggle('Create_Products__c', 'sale', false),
  toggle('Multi_Site__c', 'sale', false),
  toggle('Run_Assignment_Rules__c', 'rules', false),
  toggle('Save_Over_Duplicate_Alerts__c', 'rules', false),
  ...['Lead', 'Contact', 'Account', 'Opportunity'].map(recordType),
  toggle('Alert_Bell__c', 'alerts', true),
  toggle('Alert_Email__c', 'alerts', true),
  toggle('Alert_Webhook__c', 'alerts', true),
  toggle('Weekly_Digest__c', 'alerts', false),
  { field: 'Api_Share__c', group: 'limits', kind: 'number', fallback: 50, min: 1, max: 100 },
  { field: 'Report_Days__c', group: 'limits', kind: 'number', fallback: 90, min: 1, max: 3650 },
  { field: 'Bridge_Address__c', group: 'addresses', kind: 'address', fallback: undefined },
  { field: 'Sellfire_Address__c', group: 'addresses', kind: 'address', fallback: undefined },
];

export const SETTINGS_QUERY = `query sellfireSettings {
  uiapi {
    query {
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges {
          node {
            Id
            LastModifiedDate { value }
            LastModifiedBy { Name { value } }
            ${SETTINGS.map(({ field }) => `${field} @optional { value }`).join('\n            ')}
          }
        }
      }
    }
  }
}`;
