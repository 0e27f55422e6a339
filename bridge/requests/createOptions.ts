// CreateOptions (M7): creates the values of a Salesforce picklist as options of the mapped Sellfire dropdown, one by
// one. An option that exists is no error, so a repeat has no effect.
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError, PeerError } from '../model/fault.ts';
import { asMessage, say, shortList, type Message } from '../model/message.ts';
import { mappingById, type SyncConfig } from '../model/config.ts';
import type { SellfireField } from '../model/field.ts';
import type { SalesforceField } from '../model/salesforce.ts';
import { entriesOf, labelOf } from '../sync/values/optionMatch.ts';
import { areDropdowns, compareOptions, sameOption } from '../sync/mapping/options.ts';
import { parametersOf, type Handler } from './request.ts';

const optionsSchema = z.strictObject({
  /** Id of the Field_Mapping__c. */
  mapping: z.string(),
  /** Values of the picklist. Default: all that Sellfire lacks. */
  options: z.array(z.string().trim().min(1)).min(1).optional(),
});

export const createOptions: Handler = async (run, context) => {
  const { mapping, options } = parametersOf(run.request, optionsSchema);
  // Either side may have changed since the page was loaded.
  const config = await context.reload();
  const { sellfire, salesforce } = pairOf(config, mapping);
  const rows = compareOptions(sellfire, salesforce).filter(({ inSalesforce }) => inSalesforce);
  const queued = options ?? rows.flatMap(({ option, inSellfire }) => (inSellfire ? [] : [option]));
  if (queued.length === 0)
    return { messages: [say('optionsComplete', { sellfire: sellfire.label, salesforce: salesforce.label })] };
  const created: string[] = [];
  const existing: string[] = [];
  const failed: ({ option: string } & Message)[] = [];
  for (const option of queued) {
    if (run.signal.aborted) break;
    // A page may ask for a value by its code; people get what they see for it.
    const wanted = labelOf(option, entriesOf(salesforce));
    const row = rows.find((one) => sameOption(one.option, option) || sameOption(one.option, wanted));
    if (!row) {
      const why = explain('OPTION_UNKNOWN', { field: salesforce.label });
      failed.push({ option, ...asMessage({ ...why, action: '' }) });
    } else if (row.inSellfire) existing.push(row.option);
    else {
      const refusal = await create(row.option);
      if (refusal === undefined) created.push(row.option);
      else failed.push({ option: row.option, ...refusal });
    }
    run.reportProgress({
      total: queued.length,
      done: created.length + existing.length + failed.length,
      failed: failed.length,
    });
  }
  // The reload updates the status of the mapping.
  if (created.length > 0) await context.reload();
  const messages = [
    ...(created.length > 0
      ? [say('optionsCreated', { count: created.length, field: sellfire.label, list: shortList(created) })]
      : []),
    ...(existing.length > 0 ? [say('optionsThere', { count: existing.length, list: shortList(existing) })] : []),
  ];
  const refused = failed.map(({ option, sentence }) => `"${option}": ${sentence}`);
  const sentence = [...messages.map((one) => one.sentence), ...refused].join('\n');
  return { messages: [...messages, ...failed.map(messageOf)], sentence, data: { created, there: existing, failed } };

  /**
   * @returns why Sellfire refuses the option
   * @throws PeerError where the call itself failed
   */
  async function create(option: string): Promise<Message | undefined> {
    try {
      await context.sellfire.createOption(sellfire.object, sellfire.name, option);
      return undefined;
    } catch (error) {
      if (error instanceof PeerError && error.fault.class === 'record')
        return { code: error.fault.code, args: [], sentence: error.fault.message };
      throw error;
    }
  }
};

const messageOf = ({ code, args, sentence }: Message): Message => ({ code, args, sentence });

/** @throws BridgeError MAPPING_UNKNOWN, OPTIONS_UNFIT */
function pairOf(
  { mappings, catalogue, objects }: SyncConfig,
  id: string,
): { sellfire: SellfireField; salesforce: SalesforceField } {
  const mapping = mappingById({ mappings }, id);
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
