// ApplyMapping: applies a mapping to existing records (M9). A mapping by itself governs later changes only. A preview
// first says how many records would change.
import { z } from 'zod';
import type { Command } from '../model/command.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { FieldMapping } from '../model/mapping.ts';
import type { Link } from '../model/link.ts';
import type { Plan } from '../model/plan.ts';
import { enqueueAll } from './enqueue.ts';
import { commandLinks } from './linkTargets.ts';
import { rowOf, MAX_ROWS, writeOf } from './mappingRows.ts';
import { previewAll } from './preview.ts';
import { counted, parametersOf, type Handler } from './request.ts';

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
  const mapping = config.mappings.find(({ id }) => id.slice(0, 15) === mappingId.slice(0, 15));
  const refusal = whyNot(mapping);
  if (refusal || !mapping) throw new BridgeError(explain('MAPPING_UNKNOWN.notApplied', { why: refusal ?? '' }));
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
    const sentence = `${name}: ${counted(seen.total, 'linked record')}. ${counted(seen.inSalesforce, 'record')} would change in Salesforce, ${counted(seen.inSellfire, 'lead')} in Sellfire; the others hold the same on both sides.${seen.examples}`;
    return { sentence, data: { total: seen.total, differ, rows, warnings: [], contradictions: [] } };
  }
  const { total, failed } = await enqueueAll(run, context, (after) => commandLinks(context, after, command, concerns));
  return `${name} was applied to ${counted(total, 'linked record')}${failed > 0 ? `; ${failed} failed, each with an integration report` : ''}.`;
};

function whyNot(mapping: FieldMapping | undefined): string | undefined {
  if (!mapping) return 'The mapping is not there, or it cannot be understood.';
  if (mapping.rule === 'DoNotSync') return 'The mapping is switched off (Don’t sync).';
  if (mapping.sellfireObject !== 'lead' || !mapping.triggers.includes('createUpdate'))
    return 'The mapping does not fire on create/update, so that there is nothing to apply to existing records.';
  return undefined;
}
