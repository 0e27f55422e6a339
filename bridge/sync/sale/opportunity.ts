// The Opportunity of a demo or a sale: one a sales cycle, known by lead and cycle, so that a sale closes what its demo has made
// (M21, M22).
import type { SyncConfig } from '../../model/config.ts';
import { recordKey, type Deal, type DealQuestions } from '../../model/saleTransaction.ts';
import type { Lead } from '../../model/lead.ts';
import type { Sale } from '../../model/sale.ts';
import type { DealSituation } from './situation.ts';
import { mappedValues, triggerOf, valueOf } from './fields.ts';

export function opportunityQuestion(
  { names }: SyncConfig,
  lead: Lead,
  sale: Sale | undefined,
): DealQuestions['keyed'][number] {
  const field = `${names.prefix}Sellfire_Opportunity_Key__c`;
  return { object: 'Opportunity', field, key: `${lead.id}:${sale?.cycle ?? lead.cycle}` };
}

export function addOpportunity(
  { config, lead, answers, sale, closeDate }: DealSituation,
  deal: Deal,
  questions: DealQuestions,
  name: string,
): void {
  const question = opportunityQuestion(config, lead, sale);
  const { field, key } = question;
  const known = answers.keyed.get(recordKey(question));
  if (known === undefined) {
    questions.keyed.push(question);
    return;
  }
  const { fields } = mappedValues(config, lead.fields, 'lead', 'Opportunity', [triggerOf(sale)]);
  const sold = sale ? mappedValues(config, sale.fields, 'sale', 'Opportunity', ['sale']).fields : {};
  const stage = sale ? { StageName: 'Closed Won' } : {};
  if (known !== null) {
    deal.opportunity = { id: known };
    // A demo that is told again leaves an Opportunity alone that people may have moved on.
    if (!sale) return;
    deal.nodes.push({
      ref: 'opportunity',
      object: 'Opportunity',
      op: { kind: 'update', id: known },
      fields: { ...fields, ...sold, ...stage },
    });
    return;
  }
  deal.opportunity = { ref: 'opportunity' };
  deal.nodes.push({
    ref: 'opportunity',
    object: 'Opportunity',
    op: { kind: 'upsert', field, key },
    fields: {
      Name: name,
      CloseDate: closeDate,
      StageName: config.settings.demoStage,
      ...fields,
      ...sold,
      ...stage,
      AccountId: valueOf(deal.account),
      // Only settable at creation, where it makes the primary contact role.
      ...(deal.contact ? { ContactId: valueOf(deal.contact) } : {}),
    },
  });
}
