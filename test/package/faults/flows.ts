// Faults to plant in the package: its flows.
import type { PlantedFault } from '../faults.ts';
import { CONFLICT, MAPPING_SAVED, STORE_REPORT, STORE_STATUS, INTEGRATION, entry } from './places.ts';

const CREATE_IN_LOOP = `<recordCreates><description>Planted.</description><name>Each_Created</name><label>Created</label>
<locationX>0</locationX><locationY>0</locationY><connector><targetReference>Each_Same_Target</targetReference></connector>
<object>Integration_Report__c</object></recordCreates>`;

export const FLOWS_FAULTS: PlantedFault[] = [
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
    what: 'a deletion that would be published after it',
    plant: (copy) => copy.edit('flows/Sync_Settings_Deleted.flow-meta.xml', 'RecordBeforeDelete', 'RecordAfterSave'),
    says: /go together only/,
  },
  {
    gate: 'flows',
    what: 'a field of a record in a loop that does not exist',
    plant: (copy) => copy.edit(CONFLICT, 'Each_Same_Target.On_Sale__c', 'Each_Same_Target.On_Sales__c'),
    says: /Field_Mapping__c\.On_Sales__c, which does not exist/,
  },
  {
    gate: 'flows',
    what: 'a loop over nothing',
    plant: (copy) => copy.edit(CONFLICT, '<collectionReference>Find_Same_Target', '<collectionReference>Find_All'),
    says: /Find_All refers to nothing/,
  },
  {
    gate: 'flow lint',
    what: 'a look-up that reads every field',
    plant: (copy) => copy.edit(STORE_STATUS, /<queriedFields>[^]*<\/queriedFields>/, ''),
    says: /flows\/Store_Bridge_Status: GetRecordAllFields at Find_Status/,
  },
  {
    gate: 'flow lint',
    what: 'a record created in a loop',
    plant: (copy) =>
      copy
        .edit(CONFLICT, /(<nextValueConnector>\s*<targetReference>)Is_Trigger_Shared</, '$1Each_Created<')
        .then(() => copy.edit(CONFLICT, '<start>', `${CREATE_IN_LOOP}<start>`)),
    says: /flows\/Field_Mapping_Conflict: DMLStatementInLoop at Each_Created/,
  },
  {
    gate: 'flow lint',
    what: 'a flow without its place in the order',
    plant: (copy) => copy.edit(MAPPING_SAVED, '<triggerOrder>20</triggerOrder>', ''),
    says: /flows\/Field_Mapping_Changed: TriggerOrder/,
  },
  {
    gate: 'reload',
    what: 'a configuring field whose change is not published',
    plant: (copy) => copy.edit(MAPPING_SAVED, entry('conditions', 'On_Sale__c'), ''),
    says: /On_Sale__c: configures the bridge, and a change is not published/,
  },
  {
    gate: 'reload',
    what: "a save of the bridge's own that is published",
    plant: (copy) => copy.edit(MAPPING_SAVED, '$Record__Prior.On_Sale__c', '$Record__Prior.Status__c'),
    says: /Status__c: the bridge writes it, and the change is published/,
  },
  {
    gate: 'reload',
    what: 'a deletion that nothing publishes',
    plant: (copy) => copy.remove('flows/Field_Mapping_Deleted.flow-meta.xml'),
    says: /no flow publishes that a record was deleted/,
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
];
