// One planted fault for everything that a gate promises: how to break the package, and what the gate must say.
import type { PackageCopy } from './plant.ts';

export interface PlantedFault {
  gate: string;
  what: string;
  plant(copy: PackageCopy): Promise<void>;
  says: RegExp;
}

const MAPPING = 'objects/Field_Mapping__c';
const MAPPING_SAVED = 'flows/Field_Mapping_Changed.flow-meta.xml';
const STORE_REPORT = 'flows/Store_Integration_Report.flow-meta.xml';
const STORE_STATUS = 'flows/Store_Bridge_Status.flow-meta.xml';
const INTEGRATION = 'permissionsets/Sellfire_Integration.permissionset-meta.xml';
const ADMINISTRATOR = 'permissionsets/Sellfire_Administrator.permissionset-meta.xml';
const USER = 'permissionsets/Sellfire_User.permissionset-meta.xml';
const REPORT_LAYOUT = 'layouts/Integration_Report__c-Integration Report Layout.layout-meta.xml';
const MAPPING_LAYOUT = 'layouts/Field_Mapping__c-Field Mapping Layout.layout-meta.xml';
const PHASE = 'objects/Lead/fields/Phase__c.field-meta.xml';
const SYNC_NOW = 'quickActions/Lead.Sync_Now.quickAction-meta.xml';
const LEAD_PAGE = 'flexipages/Sellfire_Lead_Page.flexipage-meta.xml';
const HOME = 'flexipages/Sellfire_Home.flexipage-meta.xml';
const ERRORS = 'reports/Sellfire/Errors_By_Reason.report-meta.xml';
const DAYS_RULE = 'objects/Sync_Settings__c/validationRules/Report_Days_Range.validationRule-meta.xml';
const DEAL_KEY = 'objects/Opportunity/fields/Sellfire_Opportunity_Key__c.field-meta.xml';
const MEMBERS = 'platformEventChannelMembers';
const LEAD_ES = 'objectTranslations/Lead-es/Lead-es.objectTranslation-meta.xml';
const REQUEST_ES = 'objectTranslations/Sync_Request__c-es/Sync_Request__c-es.objectTranslation-meta.xml';
const SPANISH = 'translations/es.translation-meta.xml';
const APP = 'applications/Sellfire.app-meta.xml';
const STATUS_FIELD = `${MAPPING}/fields/Status__c.field-meta.xml`;

function permission(name: string): RegExp {
  return new RegExp(
    `<fieldPermissions>\\s*<editable>\\w+</editable>\\s*<field>${name}</field>[^]*?</fieldPermissions>`,
  );
}
function entry(list: string, holding: string): RegExp {
  return new RegExp(`<${list}>(?:(?!</${list}>)[^])*${holding}[^]*?</${list}>`);
}

export const FAULTS: PlantedFault[] = [
  {
    gate: 'shape',
    what: 'malformed XML',
    plant: (copy) => copy.edit(PHASE, '</label>', '</lable>'),
    says: /Phase__c.*malformed XML at \d+:\d+/,
  },
  {
    gate: 'shape',
    what: 'an element that the type does not have',
    plant: (copy) => copy.edit(PHASE, '<label>Phase</label>', '<label>Phase</label><hint>x</hint>'),
    says: /unknown element <hint>/,
  },
  {
    gate: 'shape',
    what: 'a value outside its enumeration',
    plant: (copy) => copy.edit(PHASE, '<type>Picklist</type>', '<type>PickList</type>'),
    says: /type is 'PickList', not one of/,
  },
  {
    gate: 'shape',
    what: 'a text where a boolean belongs',
    plant: (copy) => copy.edit(PHASE, '<restricted>true<', '<restricted>yes<'),
    says: /restricted is 'yes', not a boolean/,
  },
  {
    gate: 'shape',
    what: 'a required element that is missing',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        '<eventChannel>Sellfire__chn</eventChannel>',
        '',
      ),
    says: /lacks the required <eventChannel>/,
  },
  {
    gate: 'shape',
    what: 'a single element that is repeated',
    plant: (copy) => copy.edit(PHASE, '<label>Phase</label>', '<label>Phase</label><label>Phase</label>'),
    says: /label is repeated/,
  },
  {
    gate: 'shape',
    what: 'a reference broken over lines',
    plant: (copy) => copy.edit(STORE_REPORT, '<leftValueReference>Find_Report<', '<leftValueReference>\nFind_Report<'),
    says: /white space/,
  },
  {
    gate: 'shape',
    what: 'a root that is no metadata type',
    plant: async (copy) => {
      await copy.edit(APP, '<CustomApplication', '<LightningApplication');
      await copy.edit(APP, '</CustomApplication', '</LightningApplication');
    },
    says: /<LightningApplication> is not a metadata type/,
  },
  {
    gate: 'shape',
    what: 'a missing namespace',
    plant: (copy) => copy.edit(PHASE, / xmlns="[^"]*"/, ''),
    says: /not in http/,
  },
  {
    gate: 'conversion',
    what: 'a suffix that is no type',
    plant: (copy) => copy.move(STORE_REPORT, 'flows/Store_Integration_Report.flows-meta.xml'),
    says: /flows-meta\.xml/,
  },
  {
    gate: 'conversion',
    what: 'a file in the folder of another type',
    plant: (copy) => copy.move(STORE_REPORT, 'layouts/Store_Integration_Report.flow-meta.xml'),
    says: /a Flow belongs in flows\//,
  },
  {
    gate: 'conversion',
    what: 'a name inside that is not the name outside',
    plant: (copy) => copy.edit(PHASE, '<fullName>Phase__c<', '<fullName>Phases__c<'),
    says: /named Phases__c inside/,
  },
  {
    gate: 'conversion',
    what: 'a file that belongs to nothing',
    plant: (copy) => copy.add('flows/notes.txt', 'left behind'),
    says: /notes\.txt: belongs to no component/,
  },
  {
    gate: 'flows',
    what: 'a connector to an element that does not exist',
    plant: (copy) => copy.edit(STORE_REPORT, '<targetReference>Is_New<', '<targetReference>Is_Old<'),
    says: /Is_Old is led to and does not exist/,
  },
  {
    gate: 'flows',
    what: 'an element that nothing leads to',
    plant: (copy) => copy.edit(STORE_STATUS, '<targetReference>Create_Status<', '<targetReference>Update_Status<'),
    says: /nothing leads to Create_Status/,
  },
  {
    gate: 'flows',
    what: 'an element defined twice',
    plant: (copy) => copy.edit(STORE_REPORT, '<name>Find_Report_Again<', '<name>Find_Report<'),
    says: /Find_Report is defined twice/,
  },
  {
    gate: 'flows',
    what: 'a field of the event that does not exist',
    plant: (copy) => copy.edit(STORE_REPORT, '$Record.Reason__c', '$Record.Reasons__c'),
    says: /Integration_Report__e\.Reasons__c, which does not exist/,
  },
  {
    gate: 'flows',
    what: 'a field of a found record that does not exist',
    plant: (copy) => copy.edit(STORE_STATUS, 'Find_Status.Last_Seen_At__c', 'Find_Status.Seen_At__c'),
    says: /Bridge_Status__c\.Seen_At__c, which does not exist/,
  },
  {
    gate: 'flows',
    what: 'a stored field that does not exist',
    plant: (copy) => copy.edit(STORE_REPORT, '<field>Code__c<', '<field>Codes__c<'),
    says: /uses Integration_Report__c\.Codes__c/,
  },
  {
    gate: 'flows',
    what: 'an object that does not exist',
    plant: (copy) => copy.edit(MAPPING_SAVED, '<object>Configuration_Changed__e<', '<object>Config_Changed__e<'),
    says: /works on Config_Changed__e, which does not exist/,
  },
  {
    gate: 'flows',
    what: 'a variable that does not exist',
    plant: (copy) => copy.edit(STORE_STATUS, '<assignToReference>Left_To', '<assignToReference>Put_To'),
    says: /Put_To_Next_Event refers to nothing/,
  },
  {
    gate: 'flows',
    what: 'a merge field that does not exist',
    plant: (copy) => copy.edit(STORE_STATUS, '{!$Flow.CurrentDateTime}', '{!$Flow.Now}'),
    says: /\$Flow\.Now\} is no global/,
  },
  {
    gate: 'flows',
    what: 'a text template that does not exist',
    plant: (copy) => copy.edit(STORE_REPORT, '<name>Not_Stored_In_Full<', '<name>Not_Stored<'),
    says: /Not_Stored_In_Full refers to nothing/,
  },
  {
    gate: 'flows',
    what: 'the prior record in a flow that has none',
    plant: (copy) => copy.edit('flows/Field_Mapping_Deleted.flow-meta.xml', '$Record.Id', '$Record__Prior.Id'),
    says: /\$Record__Prior\.Id exists only in a flow that starts on an update/,
  },
  {
    gate: 'flows',
    what: 'an element that can fail without a fault path',
    plant: (copy) => copy.edit(MAPPING_SAVED, /<faultConnector>[^]*?<\/faultConnector>/, ''),
    says: /Publish_Change can fail and has no fault path/,
  },
  {
    gate: 'flows',
    what: 'a created record without a required field',
    plant: (copy) => copy.edit(STORE_REPORT, '<object>Integration_Report__c<', '<object>Field_Mapping__c<'),
    says: /creates Field_Mapping__c without its required Sync_Rule__c/,
  },
  {
    gate: 'flows',
    what: 'a flow that is not active',
    plant: (copy) => copy.edit(STORE_REPORT, '<status>Active<', '<status>Draft<'),
    says: /is not active/,
  },
  {
    gate: 'flows',
    what: 'a flow of another API version',
    plant: (copy) => copy.edit(STORE_REPORT, /<apiVersion>[^<]*</, '<apiVersion>50.0<'),
    says: /API version 50\.0/,
  },
  {
    gate: 'flows',
    what: 'a start of the wrong kind',
    plant: (copy) => copy.edit(STORE_REPORT, '<object>Integration_Report__e<', '<object>Lead<'),
    says: /Lead does not start by PlatformEvent/,
  },
  {
    gate: 'flows',
    what: 'a deletion that would be told after it',
    plant: (copy) => copy.edit('flows/Sync_Settings_Deleted.flow-meta.xml', 'RecordBeforeDelete', 'RecordAfterSave'),
    says: /go together only/,
  },
  {
    gate: 'reload',
    what: 'a configuring field whose change is not told',
    plant: (copy) => copy.edit(MAPPING_SAVED, entry('conditions', 'On_Sale__c'), ''),
    says: /On_Sale__c: configures the bridge, and a change is not told/,
  },
  {
    gate: 'reload',
    what: "a save of the bridge's own that is told",
    plant: (copy) => copy.edit(MAPPING_SAVED, '$Record__Prior.On_Sale__c', '$Record__Prior.Status__c'),
    says: /Status__c: the bridge writes it, and the change is told/,
  },
  {
    gate: 'reload',
    what: 'a deletion that nothing tells',
    plant: (copy) => copy.remove('flows/Field_Mapping_Deleted.flow-meta.xml'),
    says: /no flow tells that a record was deleted/,
  },
  {
    gate: 'reload',
    what: 'a setting that the bridge could change behind its own back',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        /<editable>false<\/editable>(\s*)<field>Sync_Settings__c\.Api_Share__c/,
        '<editable>true</editable>$1<field>Sync_Settings__c.Api_Share__c',
      ),
    says: /Api_Share__c: the bridge writes it/,
  },
  {
    gate: 'permissions',
    what: 'a field that nobody may see',
    plant: async (copy) => {
      for (const set of [INTEGRATION, ADMINISTRATOR, USER]) await copy.edit(set, permission('Lead.Phase__c'), '');
    },
    says: /Lead\.Phase__c: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'a field of activities that only tasks show',
    plant: async (copy) => {
      for (const set of [INTEGRATION, ADMINISTRATOR, USER]) {
        await copy.edit(set, permission('Event.EventDateTime__c'), '');
      }
    },
    says: /Event\.EventDateTime__c: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'an event that nobody may publish',
    plant: (copy) => copy.edit(INTEGRATION, entry('objectPermissions', 'Bridge_Status__e'), ''),
    says: /Bridge_Status__e: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a field that does not exist',
    plant: (copy) => copy.edit(INTEGRATION, '<field>Lead.Phase__c<', '<field>Lead.Stage__c<'),
    says: /Lead\.Stage__c is no field of the package/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a required field',
    plant: (copy) => copy.edit(STATUS_FIELD, '<required>false<', '<required>true<'),
    says: /Field_Mapping__c\.Status__c is required or on an event/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a standard object',
    plant: (copy) => copy.edit(INTEGRATION, '<object>Bridge_Status__c<', '<object>Lead<'),
    says: /Lead is no object of the package/,
  },
  {
    gate: 'permissions',
    what: 'a field that may be edited on an object that may not',
    plant: (copy) =>
      copy.edit(
        ADMINISTRATOR,
        /<editable>false<\/editable>(\s*)<field>Bridge_Status__c\.State__c/,
        '<editable>true</editable>$1<field>Bridge_Status__c.State__c',
      ),
    says: /Bridge_Status__c\.State__c is editable and its object is not/,
  },
  {
    gate: 'permissions',
    what: 'an event that may be edited',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        /<allowEdit>false<\/allowEdit>(\s*<allowRead>true<\/allowRead>\s*<modifyAllRecords>false<\/modifyAllRecords>\s*<object>Bridge_Status__e)/,
        '<allowEdit>true</allowEdit>$1',
      ),
    says: /Bridge_Status__e is an event/,
  },
  {
    gate: 'permissions',
    what: 'a tab that does not exist',
    plant: (copy) => copy.edit(ADMINISTRATOR, '<tab>Bridge_Status__c<', '<tab>Bridge__c<'),
    says: /no tab Bridge__c/,
  },
  {
    gate: 'permissions',
    what: 'a user permission',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        '</PermissionSet>',
        '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>',
      ),
    says: /ApiEnabled is a user permission/,
  },
  {
    gate: 'pages',
    what: 'a field that is on no page',
    plant: (copy) => copy.edit(REPORT_LAYOUT, entry('layoutItems', 'Reason__c'), ''),
    says: /Reason__c is on no section/,
  },
  {
    gate: 'pages',
    what: 'a layout with a field that does not exist',
    plant: (copy) => copy.edit(REPORT_LAYOUT, '<field>Reason__c<', '<field>Cause__c<'),
    says: /Integration_Report__c\.Cause__c does not exist/,
  },
  {
    gate: 'pages',
    what: 'a required field that the page does not ask for',
    plant: (copy) =>
      copy.edit(MAPPING_LAYOUT, /<behavior>Required<\/behavior>(\s*<field>Sync_Rule)/, '<behavior>Edit</behavior>$1'),
    says: /Sync_Rule__c is required and not marked so/,
  },
  {
    gate: 'pages',
    what: 'a list view with a column that does not exist',
    plant: (copy) =>
      copy.edit(
        'objects/Integration_Report__c/listViews/Failed.listView-meta.xml',
        '<columns>Event__c<',
        '<columns>What__c<',
      ),
    says: /Integration_Report__c\.What__c does not exist/,
  },
  {
    gate: 'pages',
    what: 'an object without a list of all records',
    plant: (copy) => copy.remove('objects/Bridge_Status__c/listViews/All.listView-meta.xml'),
    says: /Bridge_Status__c: has no list view of all records/,
  },
  {
    gate: 'pages',
    what: 'a tab that is in no app',
    plant: (copy) => copy.edit(APP, '<tabs>Sync_Settings__c</tabs>', ''),
    says: /Sync_Settings__c.*the tab is in no app/,
  },
  {
    gate: 'pages',
    what: 'an object without a tab',
    plant: (copy) => copy.remove('tabs/Bridge_Status__c.tab-meta.xml'),
    says: /Bridge_Status__c: has no tab/,
  },
  {
    gate: 'pages',
    what: 'a channel member of another channel',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        'Sellfire__chn',
        'Sellfires__chn',
      ),
    says: /channel Sellfires__chn does not exist/,
  },
  {
    gate: 'pages',
    what: 'an enriched event',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        '<eventChannel>',
        '<enrichedFields><name>OwnerId</name></enrichedFields><eventChannel>',
      ),
    says: /enriches its events/,
  },
  {
    gate: 'components',
    what: 'an action that creates what does not exist',
    plant: (copy) => copy.edit(SYNC_NOW, '<targetObject>Sync_Request__c<', '<targetObject>Sync__c<'),
    says: /works on Sync__c, which does not exist/,
  },
  {
    gate: 'components',
    what: 'an action with a field that does not exist',
    plant: (copy) => copy.edit(SYNC_NOW, '<targetParentField>Lead__c<', '<targetParentField>Person__c<'),
    says: /Sync_Request__c\.Person__c does not exist/,
  },
  {
    gate: 'components',
    what: 'a component that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, 'force:highlightsPanel', 'c:leadPanel'),
    says: /component c:leadPanel does not exist/,
  },
  {
    gate: 'components',
    what: 'a tab that shows a region that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, '<value>detailContent<', '<value>detailsContent<'),
    says: /region detailsContent does not exist[^]*nothing shows region detailContent/,
  },
  {
    gate: 'components',
    what: 'a related list that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, 'Sellfire_Reports__r', 'Sellfire_Sites__r'),
    says: /Lead has no child relationship Sellfire_Sites__r/,
  },
  {
    gate: 'components',
    what: 'a page with a list view that does not exist',
    plant: (copy) => copy.edit(HOME, '<value>Needs_My_Action<', '<value>Needs_Action<'),
    says: /list view Integration_Report__c\.Needs_Action does not exist/,
  },
  {
    gate: 'components',
    what: 'a page with a dashboard that does not exist',
    plant: (copy) => copy.edit(HOME, '<value>Sellfire_Integration<', '<value>Sellfire_Health<'),
    says: /dashboard Sellfire_Health does not exist/,
  },
  {
    gate: 'components',
    what: 'an app with a home page that does not exist',
    plant: (copy) => copy.edit(APP, '<content>Sellfire_Home<', '<content>Home<'),
    says: /page Home does not exist/,
  },
  {
    gate: 'components',
    what: 'a label that does not exist',
    plant: (copy) => copy.edit(HOME, '$Label.Home_Welcome', '$Label.Home_Hello'),
    says: /label Home_Hello does not exist[^]*nothing shows Home_Welcome/,
  },
  {
    gate: 'components',
    what: 'a group with a permission set that does not exist',
    plant: (copy) =>
      copy.edit(
        'permissionsetgroups/Sellfire_Integration_User.permissionsetgroup-meta.xml',
        '<permissionSets>Sellfire_Integration<',
        '<permissionSets>Sellfire_Bridge<',
      ),
    says: /permission set Sellfire_Bridge does not exist/,
  },
  {
    gate: 'components',
    what: 'sign-in settings of an app that does not exist',
    plant: (copy) =>
      copy.edit(
        'extlClntAppOauthSettings/Sellfire_Bridge_OAuth.ecaOauth-meta.xml',
        '<externalClientApplication>Sellfire_Bridge<',
        '<externalClientApplication>Bridge<',
      ),
    says: /external client app Bridge does not exist/,
  },
  {
    gate: 'components',
    what: 'a prompt in an app that does not exist',
    plant: (copy) =>
      copy.edit(
        'prompts/Sellfire_First_Run.prompt-meta.xml',
        '<customApplication>Sellfire<',
        '<customApplication>Sync<',
      ),
    says: /app Sync does not exist/,
  },
  {
    gate: 'components',
    what: 'a report type with a field that does not exist',
    plant: (copy) =>
      copy.edit('reportTypes/Sellfire_Sync_Requests.reportType-meta.xml', '<field>Total__c<', '<field>Sum__c<'),
    says: /Sync_Request__c\.Sum__c does not exist[^]*Sync_Request__c\$Total__c is no column of its report type/,
  },
  {
    gate: 'components',
    what: 'a report with a column that its type does not have',
    plant: (copy) => copy.edit(ERRORS, 'Integration_Report__c$Reason__c', 'Integration_Report__c$Cause__c'),
    says: /Integration_Report__c\$Cause__c is no column/,
  },
  {
    gate: 'components',
    what: 'a report that groups by one of its columns',
    plant: (copy) => copy.edit(ERRORS, 'Integration_Report__c$Reason__c', 'Integration_Report__c$Code__c'),
    says: /Code__c is a column and a grouping/,
  },
  {
    gate: 'components',
    what: 'a dashboard with a report that does not exist',
    plant: (copy) => copy.move(ERRORS, 'reports/Sellfire/Errors.report-meta.xml'),
    says: /report Sellfire\/Errors_By_Reason does not exist/,
  },
  {
    gate: 'picklists',
    what: 'a phase in another place',
    plant: async (copy) => {
      await copy.edit(PHASE, '<fullName>Retired<', '<fullName>Customers<');
      await copy.edit(PHASE, '<fullName>Customer<', '<fullName>Retired<');
    },
    says: /Lead\.Phase__c: value 13 is Customers, not Retired/,
  },
  {
    gate: 'picklists',
    what: 'a phase too many',
    plant: (copy) =>
      copy.edit(
        'objects/Contact/fields/Phase__c.field-meta.xml',
        '</valueSetDefinition>',
        '<value><fullName>Lost</fullName><default>false</default><label>Lost</label></value></valueSetDefinition>',
      ),
    says: /Contact\.Phase__c: has 15 values, not 14/,
  },
  {
    gate: 'picklists',
    what: "a phase with its system's spelling mended",
    plant: (copy) => copy.edit(PHASE, '<label>PostInitialHelPhase', '<label>PostInitialHeldPhase'),
    says: /PostInitialHelPhaseDemoNotHeld is labelled PostInitialHeldPhaseDemoNotHeld/,
  },
  {
    gate: 'picklists',
    what: 'phases that are not restricted',
    plant: (copy) => copy.edit(PHASE, '<restricted>true<', '<restricted>false<'),
    says: /Lead\.Phase__c: is not restricted/,
  },
  {
    gate: 'stored',
    what: 'a record field shorter than what the event carries',
    plant: (copy) =>
      copy.edit('objects/Integration_Report__c/fields/Code__c.field-meta.xml', '<length>60<', '<length>40<'),
    says: /Code__c: Integration_Report__e has Text 60, Integration_Report__c has Text 40/,
  },
  {
    gate: 'stored',
    what: 'a field that only the event has',
    plant: (copy) => copy.remove('objects/Bridge_Status__c/fields/Detail__c.field-meta.xml'),
    says: /Detail__c: Bridge_Status__e has LongTextArea 32768, Bridge_Status__c has nothing/,
  },
  {
    gate: 'stored',
    what: 'a field of the event that the flow does not store',
    plant: async (copy) => {
      const to = 'objects/Sync_Progress__e/fields/Rate__c.field-meta.xml';
      await copy.add(to, await copy.read('objects/Sync_Progress__e/fields/Total__c.field-meta.xml'));
    },
    says: /Rate__c: Sync_Progress__e has it, and Store_Sync_Progress does not store it/,
  },
  {
    gate: 'stored',
    what: 'a number with more digits than its record takes',
    plant: (copy) =>
      copy.edit('objects/Sync_Progress__e/fields/Progress__c.field-meta.xml', '<precision>3<', '<precision>5<'),
    says: /Progress__c: Sync_Progress__e has Number 5 0, Sync_Request__c has Percent 3 0/,
  },
  {
    gate: 'rules',
    what: 'a rule on a field that does not exist',
    plant: (copy) => copy.edit(DAYS_RULE, 'Report_Days__c &lt; 1', 'Days__c &lt; 1'),
    says: /Sync_Settings__c\.Days__c does not exist/,
  },
  {
    gate: 'rules',
    what: 'a function that the rules do not use',
    plant: (copy) => copy.edit(DAYS_RULE, 'NOT(ISBLANK(', 'NOT(ISNULL('),
    says: /ISNULL is no function/,
  },
  {
    gate: 'rules',
    what: 'a bracket that is not closed',
    plant: (copy) => copy.edit(DAYS_RULE, '3650))', '3650)'),
    says: /brackets do not match/,
  },
  {
    gate: 'rules',
    what: 'a message shown at a field that does not exist',
    plant: (copy) => copy.edit(DAYS_RULE, '<errorDisplayField>Report_Days__c', '<errorDisplayField>Days__c'),
    says: /is shown at Days__c, which does not exist/,
  },
  {
    gate: 'rules',
    what: 'a rule without a message',
    plant: (copy) => copy.edit(DAYS_RULE, /<errorMessage>[^<]*</, '<errorMessage><'),
    says: /its errorMessage has not 1 to 255 characters/,
  },
  {
    gate: 'rules',
    what: 'a rule that is asleep',
    plant: (copy) => copy.edit(DAYS_RULE, '<active>true<', '<active>false<'),
    says: /is not active/,
  },
  {
    gate: 'keys',
    what: 'a key that is not unique',
    plant: (copy) => copy.edit(DEAL_KEY, '<unique>true<', '<unique>false<'),
    says: /Sellfire_Opportunity_Key__c: is not unique/,
  },
  {
    gate: 'keys',
    what: 'a key that is no external id',
    plant: (copy) => copy.edit(DEAL_KEY, '<externalId>true<', '<externalId>false<'),
    says: /Sellfire_Opportunity_Key__c: is no external id/,
  },
  {
    gate: 'keys',
    what: 'a key that takes two ids for one',
    plant: (copy) => copy.edit(DEAL_KEY, '<caseSensitive>true<', '<caseSensitive>false<'),
    says: /takes a1 and A1 for the same/,
  },
  {
    gate: 'keys',
    what: 'an account that leads may not share',
    plant: (copy) =>
      copy.edit('objects/Account/fields/Sellfire_Lead_Id__c.field-meta.xml', '<unique>false<', '<unique>true<'),
    says: /Account\.Sellfire_Lead_Id__c: is unique, and may be shared/,
  },
  {
    gate: 'keys',
    what: 'an external id that nothing uses',
    plant: (copy) =>
      copy.edit('objects/Lead/fields/Owned_Rep_Id__c.field-meta.xml', '<externalId>false<', '<externalId>true<'),
    says: /Lead\.Owned_Rep_Id__c: is a key that nothing is known to use/,
  },
  {
    gate: 'history',
    what: 'a setting whose changes are not tracked',
    plant: (copy) =>
      copy.edit(
        'objects/Sync_Settings__c/fields/Api_Share__c.field-meta.xml',
        '<trackHistory>true<',
        '<trackHistory>false<',
      ),
    says: /Sync_Settings__c\.Api_Share__c: configures the bridge and is not tracked/,
  },
  {
    gate: 'history',
    what: 'mappings that keep no history',
    plant: (copy) =>
      copy.edit(`${MAPPING}/Field_Mapping__c.object-meta.xml`, '<enableHistory>true<', '<enableHistory>false<'),
    says: /Field_Mapping__c: keeps no history/,
  },
  {
    gate: 'history',
    what: 'a history that no page shows',
    plant: (copy) => copy.edit(MAPPING_LAYOUT, 'RelatedEntityHistoryList', 'RelatedNoteList'),
    says: /Field_Mapping__c: its page does not show the history/,
  },
  {
    gate: 'allocations',
    what: 'an event definition more',
    plant: async (copy) => {
      const event = await copy.read('objects/Sync_Progress__e/Sync_Progress__e.object-meta.xml');
      await copy.add('objects/Sync_Result__e/Sync_Result__e.object-meta.xml', event);
    },
    says: /is event definition 6 of 5/,
  },
  {
    gate: 'allocations',
    what: 'an object more whose changes are told',
    plant: async (copy) => {
      const member = await copy.read(`${MEMBERS}/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml`);
      const to = `${MEMBERS}/Sellfire_TaskChangeEvent.platformEventChannelMember-meta.xml`;
      await copy.add(to, member.replace('>LeadChangeEvent<', '>TaskChangeEvent<'));
    },
    says: /is entity 4 of 3/,
  },
  {
    gate: 'forever',
    what: 'a released field that is gone',
    plant: (copy) => copy.remove('objects/Integration_Report__c/fields/Code__c.field-meta.xml'),
    says: /Integration_Report__c\.Code__c: was released and is gone/,
  },
  {
    gate: 'forever',
    what: 'a released flow with another name',
    plant: (copy) => copy.move(STORE_REPORT, 'flows/Keep_Integration_Report.flow-meta.xml'),
    says: /Flow:Store_Integration_Report: was released and is gone/,
  },
  {
    gate: 'forever',
    what: 'a released field of another type',
    plant: (copy) => copy.edit(PHASE, '<type>Picklist<', '<type>Text<'),
    says: /Lead\.Phase__c: was released with type Picklist, and has Text/,
  },
  {
    gate: 'forever',
    what: 'a released text that became shorter',
    plant: (copy) => copy.edit('objects/Lead/fields/Sellfire_Lead_Id__c.field-meta.xml', '<length>64<', '<length>36<'),
    says: /was released with 64 characters, and has 36/,
  },
  {
    gate: 'forever',
    what: 'a new field that a released object would require',
    plant: (copy) =>
      copy.edit('objects/Lead/fields/Recording_Consent__c.field-meta.xml', '<required>false<', '<required>true<'),
    says: /Lead\.Recording_Consent__c: a new field that is required/,
  },
  {
    gate: 'forever',
    what: 'a released field that became required',
    plant: (copy) => copy.edit(PHASE, '<required>false<', '<required>true<'),
    says: /Lead\.Phase__c: was released as optional, and is required/,
  },
  {
    gate: 'forever',
    what: 'a value set whose new values would reach nobody',
    plant: (copy) =>
      copy.add(
        'globalValueSets/Phases.globalValueSet-meta.xml',
        '<?xml version="1.0"?><GlobalValueSet xmlns="http://soap.sforce.com/2006/04/metadata"><masterLabel>Phases</masterLabel><sorted>false</sorted></GlobalValueSet>',
      ),
    says: /its new values never reach orgs that have the package/,
  },
  {
    gate: 'forever',
    what: 'a restricted picklist that the bridge writes',
    plant: (copy) => copy.edit(STATUS_FIELD, '<restricted>false<', '<restricted>true<'),
    says: /Field_Mapping__c\.Status__c: the bridge writes it, and a restricted picklist/,
  },
  {
    gate: 'forever',
    what: 'an event that leaves when it is published to a default',
    plant: (copy) =>
      copy.edit(
        'objects/Sync_Request__e/Sync_Request__e.object-meta.xml',
        /<publishBehavior>.*<\/publishBehavior>/,
        '',
      ),
    says: /Sync_Request__e: leaves its publish behaviour to a default/,
  },
  {
    gate: 'forever',
    what: 'a child relationship that may meet one of the customer',
    plant: (copy) =>
      copy.edit(
        'objects/Site__c/fields/Account__c.field-meta.xml',
        '<relationshipName>Sellfire_Sites<',
        '<relationshipName>Sites<',
      ),
    says: /Site__c\.Account__c: its child relationship on Account is 'Sites'/,
  },
  {
    gate: 'texts',
    what: 'a field without a help text',
    plant: (copy) => copy.edit(STATUS_FIELD, /<inlineHelpText>[^<]*<\/inlineHelpText>/, ''),
    says: /Status__c.*no help text/,
  },
  {
    gate: 'texts',
    what: 'a flow without a description',
    plant: (copy) => copy.edit(STORE_REPORT, /<description>Stores each[^<]*<\/description>/, ''),
    says: /Store_Integration_Report.*no description/,
  },
  {
    gate: 'texts',
    what: 'a permission set whose description is too long',
    plant: (copy) => copy.edit(INTEGRATION, '<description>', `<description>${'Long. '.repeat(50)}`),
    says: /its description has \d+ characters, 255 are allowed/,
  },
  {
    gate: 'texts',
    what: 'an object without a description',
    plant: (copy) => copy.edit(`${MAPPING}/Field_Mapping__c.object-meta.xml`, /<description>[^<]*</, '<description><'),
    says: /Field_Mapping__c.*no description/,
  },
  {
    gate: 'translations',
    what: 'a field whose label nobody translated',
    plant: (copy) => copy.edit(LEAD_ES, /<label>Consentimiento[^<]*<\/label>/, ''),
    says: /Lead-es: Recording_Consent__c is not translated/,
  },
  {
    gate: 'translations',
    what: 'a translation of a field that is gone',
    plant: (copy) => copy.remove('objects/Lead/fields/Recording_Consent__c.field-meta.xml'),
    says: /Lead-es: Recording_Consent__c is translated and does not exist/,
  },
  {
    gate: 'translations',
    what: 'a value that nobody translated',
    plant: (copy) => copy.edit(REQUEST_ES, '<translation>Reenviar<', '<translation><'),
    says: /Sync_Request__c-es: Type__c: Repush is not translated/,
  },
  {
    gate: 'translations',
    what: 'an object whose name nobody translated',
    plant: (copy) => copy.edit(REQUEST_ES, /<caseValues>[^]*?<\/caseValues>/, ''),
    says: /Sync_Request__c-es: its name is not translated/,
  },
  {
    gate: 'translations',
    what: 'a message that nobody translated',
    plant: (copy) => copy.edit(REQUEST_ES, /<errorMessage>[^<]*</, '<errorMessage><'),
    says: /Sync_Request__c-es: rules: Stop_Of_What_Ended is not translated/,
  },
  {
    gate: 'translations',
    what: 'a label that nobody translated',
    plant: (copy) => copy.edit(SPANISH, '<name>Home_Welcome<', '<name>Home_Hello<'),
    says: /labels: Home_Welcome is not translated[^]*Home_Hello is translated and does not exist/,
  },
  {
    gate: 'translations',
    what: 'a translation that loses what Salesforce says',
    plant: (copy) => copy.edit(SPANISH, 'Salesforce dice: {!$Flow.FaultMessage}', ''),
    says: /merges \{!\$Flow\.FaultMessage\}, its translation nothing/,
  },
  {
    gate: 'names',
    what: 'a field name of more than 40 characters',
    plant: (copy) => copy.move(STATUS_FIELD, `${MAPPING}/fields/${'Status_'.repeat(6)}X__c.field-meta.xml`),
    says: /has 43 characters, 40 are allowed/,
  },
  {
    gate: 'names',
    what: 'a name that would be read as a namespace',
    plant: (copy) => copy.move(STATUS_FIELD, `${MAPPING}/fields/My__Status__c.field-meta.xml`),
    says: /My__Status is not letters, digits and single underscores/,
  },
  {
    gate: 'apex',
    what: 'a class',
    plant: (copy) => copy.add('classes/Retry.cls', 'public class Retry {}'),
    says: /Retry\.cls: is Apex/,
  },
  {
    gate: 'apex',
    what: 'a component that calls Apex',
    plant: (copy) => copy.add('lwc/panel/panel.js', "import run from '@salesforce/apex/Panel.run';"),
    says: /panel\.js: calls Apex/,
  },
  {
    gate: 'apex',
    what: 'a permission set that grants a class',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        '<description>',
        '<classAccesses><apexClass>Retry</apexClass><enabled>true</enabled></classAccesses><description>',
      ),
    says: /<classAccesses> is Apex/,
  },
];
