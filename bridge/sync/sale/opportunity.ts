// Adds the Opportunity of a demo or a sale. A sales cycle has one Opportunity, identified by lead and cycle, so a sale
// closes the Opportunity that its demo created (M21, M22).
import type { SyncConfig } from '../../model/config.ts';
import type { SaleTransaction, SaleNeeds } from '../../model/saleTransaction.ts';
import type { Lead } from '../../model/lead.ts';
import type { Sale } from '../../model/sale.ts';
import type { TransactionSituation } from './situation.ts';
import { saleLookups } from '../turn/lookups.ts';
import { mappedValues, triggerOf, valueOf } from './fields.ts';
import { omit } from '../values/omit.ts';

export function opportunityNeed({ names }: SyncConfig, lead: Lead, sale: Sale | undefined): SaleNeeds['keyed'][number] {
  const field = `${names.prefix}Sellfire_Opportunity_Key__c`;
  return { object: 'Opportunity', field, key: `${lead.id}:${sale?.cycle ?? lead.cycle}` };
}

export function addOpportunity(
  { config, lead, found, sale, closeDate, isRepeated }: TransactionSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  name: string,
): void {
  const need = opportunityNeed(config, lead, sale);
  const { field, key } = need;
  const known = saleLookups(found, needs).keyed(need);
  if (known === undefined) return;
  const { fields } = mappedValues(config, lead, lead.fields, 'lead', 'Opportunity', [triggerOf(sale)]);
  const sold = sale ? mappedValues(config, lead, sale.fields, 'sale', 'Opportunity', ['sale']).fields : {};
  const stage = sale ? { StageName: 'Closed Won' } : {};
  const node = {
    ref: 'opportunity',
    object: 'Opportunity',
    op: { kind: 'upsert' as const, field, key },
    fields: {
      Name: name,
      CloseDate: closeDate,
      StageName: config.settings.demoStage,
      ...fields,
      ...sold,
      ...stage,
      AccountId: valueOf(transaction.account),
      // Salesforce accepts ContactId only at creation, where it creates the primary contact role.
      ...(transaction.contact ? { ContactId: valueOf(transaction.contact) } : {}),
    },
  };
  if (known === null) {
    transaction.opportunity = { ref: node.ref };
    transaction.nodes.push(node);
    return;
  }
  transaction.opportunity = { id: known };
  // A replayed demo does not overwrite an Opportunity that people may have advanced.
  const written = sale ? { ...fields, ...sold, ...stage } : {};
  if (isRepeated) transaction.madeBefore.push({ ...node, fields: omit(node.fields, Object.keys(written)) });
  if (sale) transaction.nodes.push({ ...node, op: { kind: 'update', id: known }, fields: written });
}
