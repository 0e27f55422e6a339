// `lightning/uiRecordApi`.
export {
  createRecord,
  createRecordInputFilteredByEditedFields,
  deleteRecord,
  generateRecordInputForCreate,
  generateRecordInputForUpdate,
  getFieldDisplayValue,
  getFieldValue,
  getRecord,
  getRecords,
  notifyRecordUpdateAvailable,
  updateRecord,
} from '../../../client/records.ts';
export { getRecordCreateDefaults } from '../../../client/metadataApi.ts';
