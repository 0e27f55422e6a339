// What a save in the small Salesforce is about: the record, the commit that its changes are published with, and what the customer's
// rules and automations make of it.
import type { SalesforceChange } from '../../bridge/model/change.ts';
import type { Fault } from '../../bridge/model/fault.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';

export interface SimRecord {
  id: string;
  object: string;
  fields: SalesforceFields;
  createdAt: number;
  modifiedAt: number;
  modifiedBy: string;
  deleted: boolean;
  mergedInto?: string;
}

/** The events of one commit, at their place in the stream. */
export interface Commit {
  at: number;
  changes: SalesforceChange[];
  /** Of a commit that is published as gaps: what it changed. */
  hidden?: SalesforceChange[];
  /** Never delivered, like an event that the platform did not store. */
  lost: boolean;
  /** The action or the call that made it. */
  operation: string;
}

/** An automation of the customer: the fields that it sets before a save. */
export type Automation = (
  object: string,
  after: SalesforceFields,
  before: SalesforceFields | undefined,
  user: string,
) => SalesforceFields;

/** A rule of the customer: refuses a save with a SaveError. */
export type Rule = (object: string, after: SalesforceFields, before: SalesforceFields | undefined, id: string) => void;

/** A value that an automation set in place of the one that was to be saved. */
export interface Automated {
  at: number;
  recordId: string;
  field: string;
  asked: SalesforceFields[string] | undefined;
  value: SalesforceFields[string];
  /** Who saved the record. */
  user: string;
}

/** The refusal of one save. */
export class SaveError extends Error {
  readonly fault: Fault;
  /** The field that a rule of the customer objects to, whether or not the refusal says so. */
  culprit?: string;

  constructor(code: string, message: string, fields: string[] = [], kind: Fault['class'] = 'record', holder?: string) {
    super(message);
    this.fault = {
      class: kind,
      code,
      message,
      fields,
      unknownOutcome: false,
      ...(holder === undefined ? {} : { holder }),
    };
  }
}
