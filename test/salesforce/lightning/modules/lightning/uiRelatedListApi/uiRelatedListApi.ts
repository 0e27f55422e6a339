// `lightning/uiRelatedListApi`.
export { getRelatedListCount, getRelatedListRecords } from '../../../client/metadataApi.ts';
