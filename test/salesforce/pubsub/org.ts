// What the events half needs of the org: nothing here knows how records are kept or how REST answers.
import type { Access, PermissionSetDefinition } from '../access.ts';
import type { AssignmentRules } from '../assignmentRules.ts';
import type { Automation, CommitListener, Row, Transaction } from '../model.ts';
import type { Schema } from '../schema.ts';
import type { OrgUser } from '../users.ts';
import type { RecordTypes } from '../recordTypes.ts';
import type { Validation } from '../validation.ts';

export interface NotificationTypeDefinition {
  /** With the namespace. */
  name: string;
  label: string;
  description: string | null;
  desktop: boolean;
  mobile: boolean;
}

export interface EventsOrg {
  /** 18 characters. */
  readonly id: string;
  /** Prefix of what is deployed, in an org that has one. */
  readonly namespace: string | undefined;
  readonly schema: Schema;
  /** ms since the epoch. */
  clock(): number;
  automation: Automation;
  readonly access: Access;
  installPermissionSet(set: PermissionSetDefinition): void;
  installNotificationType(type: NotificationTypeDefinition): void;
  /** Runs before every save. */
  readonly validation: Validation;
  readonly assignments: AssignmentRules;
  readonly recordTypes: RecordTypes;
  readonly users: { find(username: string): OrgUser | undefined };
  /** Runs the work and commits it, or rolls everything back when it throws. Listeners have got it when this returns. */
  transact<T>(options: { user: string; origin: string }, work: (transaction: Transaction) => T): T;
  listen(listener: CommitListener): void;
  /** The record as it stands, or undefined where it is deleted or never was. */
  get(object: string, id: string): Row | undefined;
}

/** What the protocols of clients need besides. */
export interface SignedInOrg extends EventsOrg {
  readonly sessions: {
    /** Whose token this is, or undefined where it is unknown or has expired. */
    verify(token: string): { userId: string } | undefined;
  };
  readonly users: EventsOrg['users'] & { get(id: string): { name: string } | undefined };
  /** What the allocations have left; deliveries are counted here. */
  readonly usage: { readonly deliveredEvents: { used: number } };
}
