// ApplyMapping: applies a mapping to existing records (M9). A mapping by itself governs later changes only. A preview
// first says how many records would change.
import { z } from 'zod';
import type { Command } from '../model/command.ts';
import { mappingById } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { say, sentencesOf } from '../model/message.ts';
import type { Link } from '../model/link.ts';
import type { Plan } from '../model/plan.ts';
import { enqueueAll } from './enqueue.ts';
import { commandLinks } from './linkTargets.ts';
import { rowOf, MAX_ROWS, writeOf } from './mappingRows.ts';
import { previewAll } from './preview.ts';
import { parametersOf, type Handler } from './request.ts';

const applySchema = z.strictObject({
  /** Id of the Field_Mapping__c. */
  mapping: z.string(),
  /** The side whose value wins where a two-way mapping finds two different values. */
  prefer: z.enum(['salesforce', 'sellfire']).default('salesforce'),
  preview: z.boolean().default(false),
});

export const applyMappingRequest: Handler = async (run, context) => {
  const { mapping: mappingId, prefer, preview } = parametersOf(run.request, applySchema);
  // The mapping may have been saved a moment ago.
  const config = await context.reload();
  const mapping = mappingById(config, mappingId);
  if (!mapping) throw new BridgeError(explain('MAPPING_UNKNOWN.gone'));
  if (mapping.rule === 'DoNotSync') throw new BridgeError(explain('MAPPING_UNKNOWN.off'));
  if (mapping.sellfireObject !== 'lead' || !mapping.triggers.includes('createUpdate'))
    throw new BridgeError(explain('MAPPING_UNKNOWN.notOnUpdate'));
  const command: Command = { kind: 'apply', mappingId: mapping.id, prefer };
  const concerns = (link: Link): boolean =>
    mapping.salesforceObject === 'Account'
      ? link.accountId !== undefined
      : link.record?.object === mapping.salesforceObject;
  const name = `${mapping.sellfireField} ↔ ${mapping.salesforceObject}.${mapping.salesforceField}`;
  if (preview) {
    const changing: { link: Link; plan: Plan }[] = [];
    let differ = 0;
    const seen = await previewAll(run, context, command, concerns, (link, plan) => {
      if (!writeOf(plan, mapping)) return;
      differ += 1;
      if (changing.length < MAX_ROWS) changing.push({ link, plan });
    });
    const rows = await Promise.all(
      changing.map(({ link, plan }) => rowOf(link, writeOf(plan, mapping), mapping, context)),
    );
    const messages = [
      say('mappingLinked', { mapping: name, count: seen.total }),
      say('changeInSalesforce', { count: seen.inSalesforce }),
      say('changeInSellfire', { count: seen.inSellfire }),
      say('othersSame'),
    ];
    return {
      sentence: sentencesOf(messages) + seen.examples,
      messages,
      data: { total: seen.total, differ, rows, warnings: [], contradictions: [] },
    };
  }
  const { total, failed } = await enqueueAll(run, context, (after) => commandLinks(context, after, command, concerns));
  const applied = say('mappingApplied', { mapping: name, count: total });
  return { messages: failed > 0 ? [applied, say('failedReported', { count: failed })] : [applied] };
};
