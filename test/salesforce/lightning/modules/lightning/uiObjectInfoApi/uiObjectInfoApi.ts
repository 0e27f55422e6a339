// `lightning/uiObjectInfoApi`.
export {
  getObjectInfo,
  getObjectInfos,
  getPicklistValues,
  getPicklistValuesByRecordType,
} from '../../../client/metadataApi.ts';
