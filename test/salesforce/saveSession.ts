// Who saves records, when, with which options, and who is notified.
import type { Assigns } from './assignmentRules.ts';
import type { RecordChange, Row } from './model.ts';

/** Who saves, when, and who is notified. */
export interface SaveSession {
  readonly user: string;
  /** ISO, whole seconds. */
  readonly now: string;
  readonly allowDuplicates?: boolean;
  /** The assignment rule that chooses the owner. */
  readonly assigns?: Assigns;
  /** Whether the user may say himself when and by whom a new record was made. */
  mayAudit(): boolean;
  saved(change: RecordChange): void;
  deleting(object: string, row: Row): void;
}
