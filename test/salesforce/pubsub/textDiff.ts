// A changed long text as the difference to what it was, where that is shorter: unified diff by lines, headed by the
// SHA-256 of the whole new text.
// Source: Change Data Capture Developer Guide, "Sending Data Differences for Fields of Updated Records".
import { createHash } from 'node:crypto';

/** Shorter texts are sent whole. */
const SHORTEST = 1_000;
/** Texts that differ more than this in length are sent whole. */
const MOST_LENGTH_CHANGE = 0.5;
/** The same where more of all lines changed. */
const MOST_LINES_CHANGED = 0.25;

interface Hunk {
  /** From 1: the first line that goes, or the line after which others come. */
  oldStart: number;
  newStart: number;
  removed: string[];
  added: string[];
}

/** The difference as an event carries it, or undefined where the event has the whole text. */
export function textDiff(before: string, after: string): string | undefined {
  if (before.length < SHORTEST || after.length < SHORTEST) return undefined;
  const longer = Math.max(before.length, after.length);
  if (Math.abs(before.length - after.length) / longer > MOST_LENGTH_CHANGE) return undefined;
  const [from, to] = [before.split('\n'), after.split('\n')];
  const hunks = hunksOf(from, to);
  const changed = hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);
  if (changed / (from.length + to.length) > MOST_LINES_CHANGED) return undefined;
  const hash = createHash('sha256').update(after).digest('hex');
  const lines = hunks.flatMap(({ oldStart, newStart, removed, added }) => [
    `@@ -${oldStart},${removed.length} +${newStart},${added.length} @@`,
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
  ]);
  const diff = ['--- ', `+++ ${hash}`, ...lines].join('\n');
  return diff.length > after.length ? undefined : diff;
}

/** The runs of lines that differ, by the longest common subsequence of what lies between equal ends. */
function hunksOf(from: readonly string[], to: readonly string[]): Hunk[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  const shorter = Math.min(from.length, to.length) - start;
  while (end < shorter && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  const [rows, columns] = [from.length - end, to.length - end];
  const common = commonLengths(from, to, start, rows, columns);
  const hunks: Hunk[] = [];
  let open: Hunk | undefined;
  let [row, column] = [start, start];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && from[row] === to[column]) {
      open = undefined;
      row += 1;
      column += 1;
      continue;
    }
    if (!open) {
      open = { oldStart: row, newStart: column, removed: [], added: [] };
      hunks.push(open);
    }
    const width = columns - start + 1;
    const at = (r: number, c: number): number => common[(r - start) * width + (c - start)] ?? 0;
    if (row < rows && (column >= columns || at(row + 1, column) >= at(row, column + 1))) {
      open.removed.push(from[row] ?? '');
      row += 1;
    } else {
      open.added.push(to[column] ?? '');
      column += 1;
    }
  }
  // A hunk that only adds or only removes names the line before it on the other side.
  return hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + (hunk.removed.length > 0 ? 1 : 0),
    newStart: hunk.newStart + (hunk.added.length > 0 ? 1 : 0),
  }));
}

/** How many lines the rest of both texts has in common, from each pair of lines on. */
function commonLengths(
  from: readonly string[],
  to: readonly string[],
  start: number,
  rows: number,
  columns: number,
): Uint32Array {
  const width = columns - start + 1;
  const lengths = new Uint32Array((rows - start + 1) * width);
  for (let row = rows - 1; row >= start; row -= 1) {
    for (let column = columns - 1; column >= start; column -= 1) {
      const here = (row - start) * width + (column - start);
      const same = from[row] === to[column];
      const [down, right, both] = [lengths[here + width] ?? 0, lengths[here + 1] ?? 0, lengths[here + width + 1] ?? 0];
      lengths[here] = same ? both + 1 : Math.max(down, right);
    }
  }
  return lengths;
}
