// The Idempotency-Key of an update of a lead. Sellfire's event of the update names it, so the key says of an attempt that no link recorded
// which edit each value carried (I12).
import { createHash } from 'node:crypto';
import { REQUEST_PREFIX } from './plan.ts';
import type { Side } from './change.ts';

/** Who made an edit, and when: ms since the epoch. */
interface CarriedEdit {
  at: number;
  by: Side;
}

export interface UpdateKey {
  /** Differs from one attempt to the next. */
  attempt: string;
  /** Of the body, which differs from one round of an attempt to the next. */
  digest: string;
  /** By name of the field. */
  edits: ReadonlyMap<string, CarriedEdit>;
}

/** The longest key that Sellfire accepts. */
const LONGEST = 128;
/** 24 bits: two of fifty fields have one digest in one catalogue of ten thousand, and then a conflict may be judged as without the key. */
const NAME_LENGTH = 4;
const NAME = new RegExp(`.{${NAME_LENGTH}}`, 'g');
const SIDES: Readonly<Record<Side, string>> = { salesforce: 'a', sellfire: 'b' };

/** Of fields of the catalogue, which are asked for with each update; other names are not kept. */
const digests = new Map<string, string>();
const MOST_DIGESTS = 1_000;

function nameDigest(name: string): string {
  const known = digests.get(name);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(name).digest('base64url').slice(0, NAME_LENGTH);
  if (digests.size < MOST_DIGESTS) digests.set(name, digest);
  return digest;
}

/** The latest edits come first: those that do not fit are the least likely to meet another. */
export function updateKey({ attempt, digest, edits }: UpdateKey): string {
  let key = `${REQUEST_PREFIX}update:${attempt}:${digest}:`;
  const byEdit = Map.groupBy(edits, ([, { at, by }]) => `${at.toString(36)}.${SIDES[by]}.`);
  const groups = [...byEdit].sort(([, [one]], [, [other]]) => (other?.[1].at ?? 0) - (one?.[1].at ?? 0));
  for (const [edit, fields] of groups) {
    const left = LONGEST - key.length - edit.length - 1;
    if (left < NAME_LENGTH) break;
    const names = fields.map(([name]) => nameDigest(name)).slice(0, Math.floor(left / NAME_LENGTH));
    key += `${edit}${names.join('')}~`;
  }
  return key;
}

/** The edit that the field carried; undefined where the request is another one, or does not name it. */
export function namedEdit(key: string | null, name: string): CarriedEdit | undefined {
  const [, edits = ''] = /^bridge:update:[^:]*:[^:]*:(.*)$/.exec(key ?? '') ?? [];
  const digest = nameDigest(name);
  for (const group of edits.split('~')) {
    const [at = '', side, names = ''] = group.split('.');
    if (names.match(NAME)?.includes(digest))
      return { at: parseInt(at, 36), by: side === SIDES.salesforce ? 'salesforce' : 'sellfire' };
  }
  return undefined;
}
