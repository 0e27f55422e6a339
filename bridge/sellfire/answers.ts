// Reads Sellfire's answers. A list is read item by item: an item that is not what the contract says costs itself and nothing
// beside it, and where an answer belongs to its place in the list, the place is kept.
import { z } from 'zod';
import { fastSchema, isExactly } from '../lib/fastSchema.ts';
import { sellfireFieldSchema, sellfireFieldTypeSchema, sellfireValueSchema } from '../model/field.ts';
import { activitySchema } from '../model/activity.ts';
import { leadSchema } from '../model/lead.ts';
import { repSchema } from '../model/rep.ts';
import { saleSchema } from '../model/sale.ts';
import { scheduleItemSchema } from '../model/schedule.ts';
import { batchResultSchema, importRowSchema, saleImportRowSchema } from './payloads.ts';
import { PROBLEM_TYPE_PREFIX, type Problem } from './problem.ts';
import type { OPERATIONS, Operation } from './contract.ts';

type Members = Readonly<Record<string, unknown>>;

/** An item of a list that cannot be read. */
export interface UnreadItem {
  index: number;
  /** Where it differs from the contract, for example `fields.city`; never what stands there. */
  where: string;
  raw: unknown;
}

export type ReadAnswer =
  | { ok: true; answer: unknown; unread: UnreadItem[] }
  /** Nothing can be concluded from the answer. */
  | { ok: false; where: string; error: z.ZodError };

interface List {
  member: string;
  item: z.ZodType;
  /** Stands in the place of an item that cannot be read; without it the item is left out. */
  inPlace?: (unread: UnreadItem) => unknown;
  /** Members that an answer may lack. */
  defaults?: (items: readonly unknown[]) => Members;
}

/** Reads an item as the contract says it is; only one that is not is read again, as `mend` leaves it. */
const mended = (schema: z.ZodType, mend: (raw: unknown) => unknown): z.ZodType => {
  const fast = fastSchema(schema);
  return z.transform((raw: unknown, context) => {
    if (isExactly(fast(), raw)) return raw;
    const rest = schema.safeParse(mend(raw));
    if (rest.success) return rest.data;
    for (const { message, path } of rest.error.issues)
      context.issues.push({ code: 'custom', message, path: [...path], input: raw });
    return z.NEVER;
  });
};

/** A value that no type of the catalogue has is left out: it says nothing of the field, and the rest of the lead stands. */
const lead = mended(leadSchema, (raw) => {
  const members = membersOf(raw);
  if (!isMembers(members['fields'])) return raw;
  const fields = Object.entries(members['fields']).filter(([, value]) => sellfireValueSchema.safeParse(value).success);
  return { ...members, fields: Object.fromEntries(fields) };
});

/** A field of a type that is not known is one whose values are kept as text. */
const field = mended(sellfireFieldSchema, (raw) => {
  const members = membersOf(raw);
  const isNew = typeof members['type'] === 'string' && !sellfireFieldTypeSchema.safeParse(members['type']).success;
  return isNew ? { ...members, type: 'text' } : raw;
});

const problem = ({ where }: UnreadItem): Problem => ({
  type: `${PROBLEM_TYPE_PREFIX}answer_unreadable`,
  title: 'The answer cannot be read',
  status: 422,
  detail: `Sellfire's answer about this record is not what the contract says (at ${where}).`,
  code: 'answer_unreadable',
});
const failedRow = (unread: UnreadItem): Members => {
  const { row } = membersOf(unread.raw);
  return {
    ...{ row: typeof row === 'number' ? row : unread.index + 1, outcome: 'failed', lead_id: null, sale_id: null },
    problem: problem(unread),
  };
};
const lastSequence = (items: readonly unknown[]): Members => {
  const sequences = items.map((item) => membersOf(item)['sequence']).filter((one) => typeof one === 'number');
  return { has_more: items.length > 0, ...(sequences.length > 0 ? { last_sequence: Math.max(...sequences) } : {}) };
};

const LISTS: Partial<Record<keyof typeof OPERATIONS, List>> = {
  listFields: { member: 'fields', item: field },
  listReps: { member: 'reps', item: repSchema, defaults: () => ({ cursor: null }) },
  lookupLeads: { member: 'leads', item: lead },
  batch: {
    member: 'results',
    item: mended(batchResultSchema, (raw) => {
      const members = membersOf(raw);
      return 'lead' in members ? { ...members, lead: lead.safeParse(members['lead']).data ?? members['lead'] } : raw;
    }),
    inPlace: (unread) => ({ status: 422, problem: problem(unread) }),
  },
  listSchedule: { member: 'items', item: scheduleItemSchema },
  listSales: { member: 'sales', item: saleSchema },
  listActivities: { member: 'activities', item: activitySchema },
  // Read by `readEvents`, which keeps the place of each.
  readFeed: { member: 'events', item: z.unknown(), defaults: lastSequence },
  importLeads: { member: 'rows', item: importRowSchema, inPlace: failedRow },
  importSales: { member: 'rows', item: saleImportRowSchema, inPlace: failedRow },
};

export function readAnswer(name: keyof typeof OPERATIONS, operation: Operation, json: unknown): ReadAnswer {
  const list = LISTS[name];
  const items = list && membersOf(json)[list.member];
  if (!list || !Array.isArray(items)) {
    const whole = operation.response.safeParse(json);
    return whole.success ? { ok: true, answer: whole.data, unread: [] } : broken(whole.error);
  }
  const unread: UnreadItem[] = [];
  const read = items.flatMap((raw: unknown, index): unknown[] => {
    const one = list.item.safeParse(raw);
    if (one.success) return [one.data];
    const item = { index, where: one.error.issues[0]?.path.join('.') || 'the item', raw };
    unread.push(item);
    return list.inPlace ? [list.inPlace(item)] : [];
  });
  const given = Object.entries(membersOf(json)).filter(([, value]) => value !== null);
  const rest = operation.response.safeParse({
    ...list.defaults?.(items),
    ...Object.fromEntries(given),
    [list.member]: [],
  });
  if (!rest.success) return broken(rest.error);
  return { ok: true, answer: { ...(rest.data as Members), [list.member]: read }, unread };
}

const broken = (error: z.ZodError): ReadAnswer => ({ ok: false, where: error.issues[0]?.path.join('.') ?? '', error });

export const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
