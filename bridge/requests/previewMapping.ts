// PreviewMapping: shows how a mapping would change linked records, before it is saved (M9). The draft is decided
// together with the other mappings; nothing is written.
import { z } from 'zod';
import { mappingById, type SyncConfig } from '../model/config.ts';
import { fieldMappingSchema, TRIGGER_NAMES, TRIGGERS, type FieldMapping } from '../model/mapping.ts';
import { asMessage, say } from '../model/message.ts';
import type { Link } from '../model/link.ts';
import { contradictions } from '../sync/mapping/conflicts.ts';
import { mappingStatuses } from '../sync/mapping/status.ts';
import { preview } from './enqueue.ts';
import { commandFor, linkPages } from './linkTargets.ts';
import { rowOf, MAX_ROWS, writeOf, type MappingRow } from './mappingRows.ts';
import { parametersOf, type Handler, type RequestContext, type Run } from './request.ts';

const triggerOf = (name: string): string => TRIGGERS.find((trigger) => TRIGGER_NAMES[trigger] === name) ?? name;

const draftSchema = z.object({
  ...fieldMappingSchema.omit({ id: true, triggers: true }).shape,
  triggers: z
    .array(z.string())
    .transform((names) => names.map(triggerOf))
    .pipe(z.array(z.enum(TRIGGERS))),
});
const parametersSchema = z.object({
  /** The id of the edited mapping; null for a new one. */
  mapping: z.string().nullish(),
  draft: draftSchema,
});

/** The id of the draft during the preview. */
const DRAFT = 'draft';
/** Concurrent decisions: as many as one gathered call answers. */
const AT_ONCE = 200;
/** The most links that are read while a person waits. The counts say so when there are more. */
const MOST = 2_000;

export const previewMapping: Handler = async (run, context) => {
  const { mapping: id, draft } = parametersOf(run.request, parametersSchema);
  const config = await context.reload();
  const own = id ? mappingById(config, id) : undefined;
  const drafted: FieldMapping = { ...draft, id: own?.id ?? DRAFT };
  const mappings = [...config.mappings.filter((one) => one !== own), drafted];
  const described = { ...config, mappings };
  const status = mappingStatuses(described).find(({ mapping }) => mapping.id === drafted.id);
  const seen = status?.dead
    ? { total: 0, differ: 0, rows: [], more: false }
    : await compare(run, context, described, drafted);
  const data = {
    total: seen.total,
    differ: seen.differ,
    rows: seen.rows,
    warnings: (status?.findings ?? []).map(asMessage),
    contradictions: contradicted(mappings, drafted.id),
  };
  const messages = [
    say('linkedRecords', { count: seen.total }),
    ...(seen.more ? [say('firstOnly', { most: MOST })] : []),
    say('wouldChange', { differing: seen.differ }),
  ];
  return { messages, data };
};

/** Ids of the mappings that the draft contradicts. */
function contradicted(mappings: readonly FieldMapping[], id: string): string[] {
  const withDraft = contradictions(mappings);
  const without = contradictions(mappings.filter((one) => one.id !== id));
  return [...withDraft.keys()].filter(
    (one) => one !== id && (withDraft.get(one) ?? []).length > (without.get(one) ?? []).length,
  );
}

async function compare(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  draft: FieldMapping,
): Promise<{ total: number; differ: number; rows: MappingRow[]; more: boolean }> {
  const seen = { total: 0, differ: 0, rows: [] as MappingRow[], more: false };
  const drafting = { ...context, config: () => config, peers: context.peersFor(config) };
  const isConcerned = ({ record, accountId, ended }: Link): boolean =>
    !ended &&
    (draft.salesforceObject === 'Account' ? accountId !== undefined : record?.object === draft.salesforceObject);
  if (draft.sellfireObject !== 'lead' || !draft.triggers.includes('createUpdate')) return seen;
  const same: MappingRow[] = [];
  for await (const { links } of linkPages(context, undefined)) {
    const concerned = links.filter(isConcerned);
    for (let at = 0; at < concerned.length && !run.signal.aborted; at += AT_ONCE) {
      const chunk = concerned.slice(at, at + AT_ONCE);
      const plans = await Promise.all(
        chunk.map(async (link) => {
          const command = { kind: 'apply', mappingId: draft.id, prefer: 'salesforce' } as const;
          return { link, plan: await preview(run.request, commandFor(link, command), link, drafting) };
        }),
      );
      for (const { link, plan } of plans) {
        seen.total += 1;
        const write = writeOf(plan, draft);
        if (write) seen.differ += 1;
        const rows = write ? seen.rows : same;
        if (rows.length < MAX_ROWS) rows.push(await rowOf(link, write, draft, drafting));
      }
      run.reportProgress({ done: seen.total, failed: 0 });
      if (seen.total >= MOST) {
        seen.more = true;
        break;
      }
    }
    if (seen.more || run.signal.aborted) break;
  }
  seen.rows.push(...same.slice(0, MAX_ROWS - seen.rows.length));
  return seen;
}
