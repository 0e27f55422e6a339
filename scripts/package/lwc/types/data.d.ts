// Types of the data modules that the platform gives to components and publishes no types for: GraphQL, records, object
// information, lists. Sources: LWC guide, "lightning/graphql", "lightning/uiRecordApi", "lightning/uiObjectInfoApi",
// "lightning/uiRelatedListApi", "lightning/uiListsApi"; UI API guide, "Responses".

declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';

  /** A query that was parsed by `gql`; opaque. */
  export interface GraphQLDocument {
    readonly __graphql: unique symbol;
  }
  export interface GraphQLError {
    message: string;
    locations?: { line: number; column: number }[];
    path?: (string | number)[];
    extensions?: Record<string, unknown>;
  }
  export interface GraphQLConfig {
    query?: GraphQLDocument | undefined;
    variables?: Record<string, unknown> | undefined;
    operationName?: string | undefined;
    optionalFields?: string[] | undefined;
  }
  export interface GraphQLResult<Data> {
    data?: Data;
    errors?: GraphQLError[];
    /** Runs the query again; resolves when the fresh result was delivered through the wire. */
    refresh?: () => Promise<void>;
  }
  export function gql(texts: TemplateStringsArray, ...parts: unknown[]): GraphQLDocument;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is that of the query; whoever reads the data names it
  export const graphql: WireAdapterConstructor<GraphQLConfig, GraphQLResult<any>>;
  export function executeMutation<Data = unknown>(request: {
    query: GraphQLDocument;
    variables?: Record<string, unknown>;
    operationName?: string;
  }): Promise<{ data?: Data; errors?: GraphQLError[] }>;
}

declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';

  export interface FieldId {
    fieldApiName: string;
    objectApiName: string;
  }
  export interface FieldValue {
    value: unknown;
    displayValue: string | null;
  }
  export interface RecordRepresentation {
    apiName: string;
    id: string;
    childRelationships: Record<string, unknown>;
    fields: Record<string, FieldValue>;
    lastModifiedById: string | null;
    lastModifiedDate: string | null;
    recordTypeId: string | null;
    systemModstamp: string | null;
  }
  export interface RecordInput {
    apiName?: string;
    fields: Record<string, unknown>;
    allowSaveOnDuplicate?: boolean;
  }
  /** What the promises reject with, and what a wire's `error` is. */
  export interface FetchResponse {
    status: number;
    statusText: string;
    ok: boolean;
    body: {
      message?: string;
      statusCode?: number;
      errorCode?: string;
      output?: {
        errors: { errorCode: string; message: string }[];
        fieldErrors: Record<string, { errorCode: string; field: string; fieldLabel: string; message: string }[]>;
      };
    };
  }
  export interface WireResult<T> {
    data?: T;
    error?: FetchResponse;
  }
  export interface GetRecordConfig {
    recordId?: string | undefined;
    fields?: string | FieldId | ReadonlyArray<string | FieldId> | undefined;
    optionalFields?: string | FieldId | ReadonlyArray<string | FieldId> | undefined;
    layoutTypes?: string | string[] | undefined;
    modes?: string | string[] | undefined;
  }
  export interface BatchResult<T> {
    results: { statusCode: number; result: T }[];
  }
  export const getRecord: WireAdapterConstructor<GetRecordConfig, WireResult<RecordRepresentation>>;
  export const getRecords: WireAdapterConstructor<
    {
      records: {
        recordIds: string[];
        fields?: ReadonlyArray<string | FieldId>;
        optionalFields?: ReadonlyArray<string | FieldId>;
      }[];
    },
    WireResult<BatchResult<RecordRepresentation>>
  >;
  export const getRecordCreateDefaults: WireAdapterConstructor<
    {
      objectApiName?: string | { objectApiName: string } | undefined;
      formFactor?: string;
      recordTypeId?: string;
      optionalFields?: ReadonlyArray<string | FieldId>;
    },
    WireResult<{ layout: unknown; objectInfos: Record<string, unknown>; record: RecordInput }>
  >;
  export function getFieldValue(record: RecordRepresentation | undefined, field: string | FieldId): unknown;
  export function getFieldDisplayValue(
    record: RecordRepresentation | undefined,
    field: string | FieldId,
  ): string | null | undefined;
  export function createRecord(input: RecordInput): Promise<RecordRepresentation>;
  export function updateRecord(
    input: RecordInput,
    options?: { ifUnmodifiedSince?: string },
  ): Promise<RecordRepresentation>;
  export function deleteRecord(recordId: string): Promise<void>;
  export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
  export function generateRecordInputForCreate(record: RecordRepresentation, objectInfo?: unknown): RecordInput;
  export function generateRecordInputForUpdate(record: RecordRepresentation, objectInfo?: unknown): RecordInput;
  export function createRecordInputFilteredByEditedFields(
    input: RecordInput,
    original: RecordRepresentation,
  ): RecordInput;
}

declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { BatchResult, FieldId, WireResult } from 'lightning/uiRecordApi';

  interface ObjectId {
    objectApiName: string;
  }
  export interface FieldInfo {
    apiName: string;
    label: string;
    inlineHelpText: string | null;
    dataType: string;
    length: number;
    precision: number;
    scale: number;
    required: boolean;
    createable: boolean;
    updateable: boolean;
    calculated: boolean;
    /** Of a part of a compound. */
    compoundFieldName?: string | null;
    filterable?: boolean;
    custom: boolean;
    nameField: boolean;
    unique: boolean;
    reference: boolean;
    referenceToInfos: { apiName: string; nameFields: string[] }[];
    relationshipName: string | null;
  }
  export interface ObjectInfo {
    apiName: string;
    label: string;
    labelPlural: string;
    keyPrefix: string | null;
    custom: boolean;
    createable: boolean;
    updateable: boolean;
    deletable: boolean;
    queryable: boolean;
    defaultRecordTypeId: string | null;
    nameFields: string[];
    fields: Record<string, FieldInfo>;
    recordTypeInfos: Record<string, { name: string; recordTypeId: string; master: boolean; available: boolean }>;
    themeInfo: { color: string; iconUrl: string } | null;
  }
  export interface PicklistEntry {
    label: string;
    value: string;
    validFor: number[];
    attributes: unknown;
  }
  export interface PicklistValues {
    controllerValues: Record<string, number>;
    defaultValue: PicklistEntry | null;
    url: string;
    values: PicklistEntry[];
  }
  export const getObjectInfo: WireAdapterConstructor<
    { objectApiName?: string | ObjectId | undefined },
    WireResult<ObjectInfo>
  >;
  export const getObjectInfos: WireAdapterConstructor<
    { objectApiNames?: ReadonlyArray<string | ObjectId> | undefined },
    WireResult<BatchResult<ObjectInfo>>
  >;
  export const getPicklistValues: WireAdapterConstructor<
    { recordTypeId?: string | undefined; fieldApiName?: string | FieldId | undefined },
    WireResult<PicklistValues>
  >;
  export const getPicklistValuesByRecordType: WireAdapterConstructor<
    { objectApiName?: string | ObjectId | undefined; recordTypeId?: string | undefined },
    WireResult<{ picklistFieldValues: Record<string, PicklistValues> }>
  >;
}

declare module 'lightning/uiRelatedListApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { RecordRepresentation, WireResult } from 'lightning/uiRecordApi';

  export interface RelatedListRecords {
    count: number;
    currentPageToken: string | null;
    nextPageToken: string | null;
    previousPageToken: string | null;
    pageSize: number;
    records: RecordRepresentation[];
  }
  export const getRelatedListRecords: WireAdapterConstructor<
    {
      parentRecordId?: string | undefined;
      relatedListId?: string | undefined;
      fields?: string[];
      optionalFields?: string[];
      pageSize?: number;
      pageToken?: string;
      sortBy?: string[];
      where?: string;
    },
    WireResult<RelatedListRecords>
  >;
  export const getRelatedListCount: WireAdapterConstructor<
    { parentRecordId?: string | undefined; relatedListId?: string | undefined; maxCount?: number },
    WireResult<{ count: number; hasMore: boolean }>
  >;
}

declare module 'lightning/uiListsApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { RecordRepresentation, WireResult } from 'lightning/uiRecordApi';

  export interface ListInfo {
    displayColumns: { fieldApiName: string; label: string; sortable: boolean }[];
    label: string;
    listReference: { id: string; listViewApiName: string; objectApiName: string; type: string };
  }
  interface ListConfig {
    objectApiName?: string | { objectApiName: string } | undefined;
    listViewApiName?: string | undefined;
  }
  export const getListInfoByName: WireAdapterConstructor<ListConfig, WireResult<ListInfo>>;
  export const getListInfosByObjectName: WireAdapterConstructor<
    {
      objectApiName?: string | { objectApiName: string } | undefined;
      pageSize?: number;
      pageToken?: string;
      q?: string;
    },
    WireResult<{ count: number; lists: { apiName: string; id: string; label: string }[]; nextPageToken: string | null }>
  >;
  export const getListRecordsByName: WireAdapterConstructor<
    ListConfig & {
      fields?: string[];
      optionalFields?: string[];
      pageSize?: number;
      pageToken?: string;
      sortBy?: string[];
    },
    WireResult<{ count: number; nextPageToken: string | null; pageSize: number; records: RecordRepresentation[] }>
  >;
}
