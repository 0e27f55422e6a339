// Create options (M7): values of a Salesforce picklist that the mapped dropdown of Sellfire lacks are made there, one by one. One that
// is there already is no error, so that twice is once.
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError, PeerError } from '../model/fault.ts';
import type { SyncConfig } from '../model/config.ts';
import type { SellfireField } from '../model/field.ts';
import type { SalesforceField } from '../model/salesforce.ts';
import { areDropdowns, compareOptions, listed, sameOption } from '../sync/mapping/options.ts';
import { counted, parametersOf, type Handler } from './request.ts';

const optionsSchema = z.strictObject({
  /** Id of the Field_Mapping__c. */
  mapping: z.string(),
  /** Values of the picklist. Default: all that Sellfire lacks. */
  options: z.array(z.string().trim().min(1)).min(1).optional(),
});

export const createOptions: Handler = async (run, context) => {
  const { mapping, options } = parametersOf(run.request, optionsSchema);
  // Either side may have changed since the page showed them.
  const config = await context.reload();
  const { sellfire, salesforce } = pairOf(config, mapping);
  const rows = compareOptions(sellfire, salesforce).filter(({ inSalesforce }) => inSalesforce);
  const queued = options ?? rows.flatMap(({ option, inSellfire }) => (inSellfire ? [] : [option]));
  if (queued.length === 0) return `${sellfire.label} of Sellfire has every value of ${salesforce.label} already.`;
  const made: string[] = [];
  const there: string[] = [];
  const failed: { option: string; code: string; sentence: string }[] = [];
  for (const option of queued) {
    if (run.signal.aborted) break;
    const row = rows.find((one) => sameOption(one.option, option));
    if (!row) {
      const { code, sentence } = explain('OPTION_UNKNOWN', { field: salesforce.label });
      failed.push({ option, code, sentence });
    } else if (row.inSellfire) there.push(row.option);
    else {
      const refusal = await create(row.option);
      if (refusal === undefined) made.push(row.option);
      else failed.push({ option: row.option, ...refusal });
    }
    run.reportProgress({
      total: queued.length,
      done: made.length + there.length + failed.length,
      failed: failed.length,
    });
  }
  // The status of the mapping follows.
  if (made.length > 0) await context.reload();
  const sentence = [
    made.length > 0
      ? `${counted(made.length, 'option')} created in ${sellfire.label} of Sellfire: ${listed(made)}.`
      : '',
    there.length > 0 ? `${listed(there)} ${there.length === 1 ? 'was' : 'were'} there already.` : '',
    ...failed.map((one) => `"${one.option}": ${one.sentence}`),
  ]
    .filter((text) => text !== '')
    .join('\n');
  return { sentence, data: { created: made, there, failed } };

  /** @returns why Sellfire does not take it. @throws PeerError where the call itself failed */
  async function create(option: string): Promise<{ code: string; sentence: string } | undefined> {
    try {
      await context.sellfire.createOption(sellfire.object, sellfire.name, option);
      return undefined;
    } catch (error) {
      if (error instanceof PeerError && error.fault.class === 'record')
        return { code: error.fault.code, sentence: error.fault.message };
      throw error;
    }
  }
};

/** @throws BridgeError MAPPING_UNKNOWN, OPTIONS_UNFIT */
function pairOf(
  { mappings, catalogue, objects }: SyncConfig,
  id: string,
): { sellfire: SellfireField; salesforce: SalesforceField } {
  const mapping = mappings.find((one) => one.id.slice(0, 15) === id.slice(0, 15));
  const sellfire = catalogue.find(
    (field) => field.object === mapping?.sellfireObject && field.name === mapping.sellfireField,
  );
  const salesforce = mapping && objects[mapping.salesforceObject]?.fields[mapping.salesforceField];
  if (!sellfire || !salesforce) throw new BridgeError(explain('MAPPING_UNKNOWN.notThere'));
  if (areDropdowns(sellfire, salesforce)) return { sellfire, salesforce };
  throw new BridgeError(
    explain('OPTIONS_UNFIT', {
      sellfire: sellfire.label,
      sellfireType: sellfire.type,
      salesforce: salesforce.label,
      salesforceType: salesforce.type,
    }),
  );
}
