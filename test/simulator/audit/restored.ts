// Links that are restored after the store was lost (M34): each pair is linked again, what has changed on either side meanwhile crosses, and nothing else
// changes.
import { isSame } from './journal.ts';

/** A field of a pair that goes both ways, before the store was lost and after the links were restored. */
export interface RestoredField {
  name: string;
  before: { mine: unknown; theirs: unknown };
  after: { mine: unknown; theirs: unknown };
  /** What people have set while the store was lost, and after the links were restored; the latest at the end. */
  set: { lost: readonly unknown[]; later: readonly unknown[] };
  /** Whether the record was changed while the store was lost: nobody can say which of its fields, so that each counts as changed then. */
  isRecordChanged: boolean;
}

export interface RestoredPair {
  leadId: string;
  recordId: string;
  linkedTo: string | undefined;
  fields: readonly RestoredField[];
}

export function auditRestored({ leadId, recordId, linkedTo, fields }: RestoredPair): string[] {
  if (linkedTo !== recordId) return [`M34: ${leadId} was linked to ${recordId}, and is to ${String(linkedTo)}.`];
  return fields.flatMap(({ name, before, after, set, isRecordChanged }) => {
    const says = (what: string): string[] => [
      `M34: ${name} of ${leadId} is ${String(after.mine)} and ${String(after.theirs)}, and ${what}.`,
    ];
    const isAt = (value: unknown): boolean => isSame(after.mine, value) && isSame(after.theirs, value);
    const last = set.later.at(-1) ?? set.lost.at(-1);
    if (last !== undefined) {
      const others = isRecordChanged && set.later.length === 0 ? [...set.lost, before.theirs] : [];
      return [last, ...others].some(isAt) ? [] : says(`${String(last)} was set last`);
    }
    if (isRecordChanged && !isSame(before.mine, before.theirs)) return [];
    return isSame(after.mine, before.mine) && isSame(after.theirs, before.theirs)
      ? []
      : says(`was ${String(before.mine)} and ${String(before.theirs)}`);
  });
}
