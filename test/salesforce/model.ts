// The words that the parts of the local org share: what an object is, what a transaction did, who listens to it.
import type { Calculation } from './calculated.ts';

/** Field types as `describe` names them (SOAP type names, without the namespace prefix). */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'phone'
  | 'email'
  | 'url'
  | 'encryptedstring'
  | 'time'
  | 'location'
  | 'address';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  defaultValue: boolean;
  /** Of a dependent picklist: the values of its controlling field with which it may be chosen. */
  validFor?: string[];
}

export interface FieldDef {
  /** API name as the org shows it, with the namespace prefix where the package was deployed with one. */
  name: string;
  label: string;
  type: FieldType;
  custom: boolean;
  /** Characters, for text types; 0 otherwise. */
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  filterable: boolean;
  unique: boolean;
  externalId: boolean;
  /** The platform fills it when a create leaves it out (OwnerId, Status, a checkbox …). */
  defaultedOnCreate: boolean;
  defaultValue: unknown;
  restrictedPicklist: boolean;
  picklistValues: PicklistValue[];
  referenceTo: string[];
  relationshipName: string | null;
  /** What the records that this reference names call those that hold it (`Calls__r`); standard ones are in `children.ts`. */
  childRelationshipName?: string;
  /** `Name` on Lead and Contact, `BillingAddress` …: the compound that this field is a part of. */
  compoundFieldName: string | null;
  inlineHelpText: string | null;
  autoNumber: boolean;
  /** The pattern of an auto-number, for example `R-{000000}`. */
  displayFormat?: string;
  /** How the org computes the field: by a formula, or as a roll-up summary of children. Nobody writes it. */
  calculation?: Calculation;
  /** Of a dependent picklist: the field that controls it. */
  controllerName?: string;
  /** Rich text: the field keeps HTML. */
  htmlFormatted?: boolean;
  /** Of an encrypted text: the character that masks, and which characters stay readable. */
  mask?: Mask;
  /** For a user who may not view encrypted data. */
  masked?: boolean;
  /** Unique and external ids that are case-sensitive; other text is compared without case. */
  caseSensitive?: boolean;
  /** The record goes when the record that this reference names goes (master-detail, and some standard relationships). */
  cascadeDelete?: boolean;
}

/** Source: Metadata API Developer Guide, "CustomField" maskChar, maskType. */
export interface Mask {
  character: '*' | 'X';
  type: 'all' | 'lastFour';
}

export type ObjectKind = 'record' | 'platformEvent';

export interface ObjectDef {
  name: string;
  label: string;
  labelPlural: string;
  kind: ObjectKind;
  custom: boolean;
  /** First three characters of its record ids. */
  keyPrefix: string;
  fields: Map<string, FieldDef>;
  /** Only for platform events. */
  publishBehavior?: 'PublishAfterCommit' | 'PublishImmediately';
  /** What the API refuses for every user, whatever its permissions (Organization cannot be created). */
  refuses?: ('create' | 'update' | 'delete')[];
}

export type FieldValue = string | number | boolean | null;
/** A stored record: every field of its object by API name; dates as ISO strings, `SystemModstamp` and its like in UTC. */
export type Row = Record<string, FieldValue>;

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

/** One record as one transaction left it: several saves of a record in a transaction are one change. */
export interface RecordChange {
  object: string;
  id: string;
  type: ChangeType;
  /** Absent for CREATE. */
  before?: Row;
  after: Row;
  /** Names of the fields whose value differs, system stamps included; empty unless UPDATE. */
  changed: string[];
  /** True where the update did not stamp the record as modified: what a conversion does to its lead. */
  unstamped?: boolean;
}

export interface PublishedEvent {
  object: string;
  fields: Row;
}

/** What a transaction did, handed to listeners after its commit, in commit order. */
export interface Commit {
  transactionKey: string;
  /** ms since the epoch. */
  at: number;
  user: string;
  /** The header's changeOrigin, for example `com/salesforce/api/rest/67.0;client=x`; empty for what is not an API. */
  origin: string;
  changes: RecordChange[];
  events: PublishedEvent[];
}

/** The platform's own error: what REST answers, and what a collection reports per record. */
export class PlatformError extends Error {
  readonly errorCode: string;
  readonly fields: string[];
  readonly status: number;

  constructor(errorCode: string, message: string, options: { fields?: string[]; status?: number } = {}) {
    super(message);
    this.name = 'PlatformError';
    this.errorCode = errorCode;
    this.fields = options.fields ?? [];
    this.status = options.status ?? 400;
  }
}

/** What becomes of a lead, in the words of the SOAP API's `LeadConvert`. */
export interface LeadConversion {
  leadId: string;
  convertedStatus: string;
  /** The account that the lead becomes a part of; a new one where it is left out. */
  accountId?: string;
  /** A contact of that account; a new one where it is left out. */
  contactId?: string;
  /** An opportunity of that account; a new one where it is left out. */
  opportunityId?: string;
  opportunityName?: string;
  doNotCreateOpportunity?: boolean;
  overwriteLeadSource?: boolean;
  /** Of what is created; the lead's owner where it is left out. */
  ownerId?: string;
}

export interface ConvertedLead {
  leadId: string;
  accountId: string;
  contactId: string;
  opportunityId: string | null;
}

/** A save in progress. Everything that it does is rolled back when its work throws. Synchronous. */
export interface Transaction {
  readonly user: string;
  readonly origin: string;
  /** @throws PlatformError with the platform's code; the record's own changes are undone, the transaction goes on. */
  create(object: string, fields: Row): string;
  update(object: string, id: string, fields: Row): void;
  remove(object: string, id: string): void;
  /** Takes a record out of the recycle bin, with all that went with it. @throws PlatformError UNDELETE_FAILED */
  undelete(object: string, id: string): void;
  /** Takes a deleted record out of the recycle bin for good. @throws PlatformError */
  erase(object: string, id: string): void;
  /**
   * Merges one or two records into a third of the same object: what referred to them refers to it, they are deleted, and
   * it gets the given fields.
   * @returns ids of the records that refer to another one now
   */
  merge(object: string, master: string, losers: readonly string[], fields: Row): string[];
  /** Makes an account, a contact and an opportunity of a lead. @throws PlatformError */
  convertLead(request: LeadConversion): ConvertedLead;
  /** The record as this transaction sees it, or undefined. */
  get(object: string, id: string): Row | undefined;
  /** Records whose fields equal the given values (all of them), oldest first. */
  find(object: string, where: Row, limit?: number): Row[];
  /**
   * Queues a platform event: sent at commit, or whatever becomes of the transaction where its definition says
   * PublishImmediately. Its fields are given what the platform adds: EventUuid, CreatedDate, CreatedById.
   * @returns its EventUuid
   */
  publish(event: string, fields: Row): string;
}

/** Runs the flows of the org. `afterSave` is called inside the transaction, once per record and save. */
export interface Automation {
  afterSave(transaction: Transaction, change: RecordChange): void;
  beforeDelete(transaction: Transaction, object: string, row: Row): void;
}

/** Called with every commit, in order, after it is durable. */
export interface CommitListener {
  committed(commit: Commit): void;
  /** The org was refreshed: it has another id, and nothing of before goes on. */
  refreshed?(): void;
  /** The org ends: nothing may be read or run any more. */
  closed?(): void;
}
