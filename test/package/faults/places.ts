// Where in the package faults are planted, and how an entry of a list is found.
export const MAPPING = 'objects/Field_Mapping__c';
export const MAPPING_SAVED = 'flows/Field_Mapping_Changed.flow-meta.xml';
export const STORE_REPORT = 'flows/Store_Integration_Report.flow-meta.xml';
export const STORE_STATUS = 'flows/Store_Bridge_Status.flow-meta.xml';
export const CONFLICT = 'flows/Field_Mapping_Conflict.flow-meta.xml';
export const INTEGRATION = 'permissionsets/Sellfire_Integration.permissionset-meta.xml';
export const ADMINISTRATOR = 'permissionsets/Sellfire_Administrator.permissionset-meta.xml';
export const USER = 'permissionsets/Sellfire_User.permissionset-meta.xml';
export const REPORT_LAYOUT = 'layouts/Integration_Report__c-Integration Report Layout.layout-meta.xml';
export const MAPPING_LAYOUT = 'layouts/Field_Mapping__c-Field Mapping Layout.layout-meta.xml';
export const PHASE = 'objects/Lead/fields/Phase__c.field-meta.xml';
export const SYNC_NOW = 'quickActions/Lead.Sync_Now.quickAction-meta.xml';
export const LEAD_PAGE = 'flexipages/Sellfire_Lead_Page.flexipage-meta.xml';
export const HOME = 'flexipages/Sellfire_Home.flexipage-meta.xml';
export const ERRORS = 'reports/Sellfire/Errors_By_Reason.report-meta.xml';
export const DAYS_RULE = 'objects/Sync_Settings__c/validationRules/Report_Days_Range.validationRule-meta.xml';
export const DEAL_KEY = 'objects/Opportunity/fields/Sellfire_Opportunity_Key__c.field-meta.xml';
export const MEMBERS = 'platformEventChannelMembers';
export const LEAD_ES = 'objectTranslations/Lead-es/Lead-es.objectTranslation-meta.xml';
export const REQUEST_ES = 'objectTranslations/Sync_Request__c-es/Sync_Request__c-es.objectTranslation-meta.xml';
export const SPANISH = 'translations/es.translation-meta.xml';
export const APP = 'applications/Sellfire.app-meta.xml';
export const STATUS_FIELD = `${MAPPING}/fields/Status__c.field-meta.xml`;

export function permission(name: string): RegExp {
  return new RegExp(
    `<fieldPermissions>\\s*<editable>\\w+</editable>\\s*<field>${name}</field>[^]*?</fieldPermissions>`,
  );
}

export function entry(list: string, holding: string): RegExp {
  return new RegExp(`<${list}>(?:(?!</${list}>)[^])*${holding}[^]*?</${list}>`);
}

/** What stands on the Home page, and a component of the platform with these properties in its place. */
export const HOME_COMPONENT = '<componentName>c:homePage</componentName>';
export function standing(component: string, properties: Readonly<Record<string, string>>): string {
  const set = Object.entries(properties).map(
    ([name, value]) =>
      `<componentInstanceProperties><name>${name}</name><value>${value}</value></componentInstanceProperties>`,
  );
  return `${set.join('')}<componentName>${component}</componentName>`;
}
