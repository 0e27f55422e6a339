// `lightning/uiListsApi`.
export { getListInfoByName, getListInfosByObjectName, getListRecordsByName } from '../../../client/metadataApi.ts';
