// Faults to plant in the package: its words.
import type { PlantedFault } from '../faults.ts';
import { MAPPING, STORE_REPORT, INTEGRATION, LEAD_ES, REQUEST_ES, SPANISH, STATUS_FIELD } from './places.ts';

export const TEXTS_FAULTS: PlantedFault[] = [
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
    gate: 'texts',
    what: 'a refusal of a flow that is too long in one language',
    plant: (copy) =>
      copy.edit(SPANISH, '<label>Otra asignación envía', `<label>${'Lo siento. '.repeat(10)}Otra asignación envía`),
    says: /Field_Mapping_Conflict.*a refusal in es may have 3\d\d characters/,
  },
  {
    gate: 'texts',
    what: 'a label that is too long',
    plant: (copy) => copy.edit(SPANISH, '<label>Detalles<', `<label>${'Detalles. '.repeat(101)}<`),
    says: /es: label Tab_Details has 1010 characters/,
  },
  {
    gate: 'translations',
    what: 'a translated label that lost the place of a number',
    plant: (copy) => copy.edit(SPANISH, 'En curso: {0} de {1} hechos.', 'En curso: {0} hechos.'),
    says: /es: Request_Running has other places than the label: \{0\} \{1\} are wanted/,
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
    what: 'a report that is translated without its folder',
    plant: (copy) =>
      copy.edit('translations/es.translation-meta.xml', '<name>Sellfire/Errors_By_Reason<', '<name>Errors_By_Reason<'),
    says: /es: reports: Sellfire\/Errors_By_Reason is not translated[^]*Errors_By_Reason is translated and does not exist/,
  },
  {
    gate: 'translations',
    what: 'a help text that nobody translated',
    plant: (copy) => copy.edit(LEAD_ES, /<help>OneParty[^<]*<\/help>/, ''),
    says: /Lead-es: help texts: Recording_Consent__c is not translated/,
  },
  {
    gate: 'translations',
    what: 'a help text that is too long in translation',
    plant: (copy) => copy.edit(LEAD_ES, '<help>OneParty', `<help>${'Muy largo. '.repeat(15)}OneParty`),
    says: /Lead-es: the help text of Recording_Consent__c has 3\d\d/,
  },
  {
    gate: 'translations',
    what: 'a section of a layout that nobody translated',
    plant: (copy) => copy.edit(REQUEST_ES, '<section>Progress<', '<section>Advance<'),
    says: /Sync Request Layout: Progress is not translated[^]*Sync Request Layout: Advance is translated and does not/,
  },
  {
    gate: 'translations',
    what: 'a related list whose name nobody translated',
    plant: (copy) => copy.edit(REQUEST_ES, /<relationshipLabel>[^<]*</, '<relationshipLabel><'),
    says: /Sync_Request__c-es: related lists: \w+__c is not translated/,
  },
  {
    gate: 'translations',
    what: 'a report whose description nobody translated',
    plant: (copy) => copy.edit(SPANISH, '<description>Cada intento de la integración.</description>', ''),
    says: /es: descriptions of reportTypes: Sellfire_Integration_Reports is not translated/,
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
    plant: (copy) => copy.edit(SPANISH, '<name>Home_Title<', '<name>Home_Hello<'),
    says: /labels: Home_Title is not translated[^]*Home_Hello is translated and does not exist/,
  },
  {
    gate: 'translations',
    what: 'a text of a flow that is translated beside its label',
    plant: (copy) =>
      copy.edit(
        SPANISH,
        '<label>Guardar estado del puente</label>',
        '<label>Guardar estado del puente</label><textTemplates><name>Not_Published</name><text>No.</text></textTemplates>',
      ),
    says: /es: Store_Bridge_Status: Not_Published is translated and does not exist/,
  },
];
