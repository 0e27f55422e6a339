// RefreshCatalogue: reads Sellfire's fields and reps and the org's fields again, publishes them to the org, and checks every
// mapping again.
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { say, shortList, type Message } from '../model/message.ts';
import { mirrorCatalogue } from '../salesforce/org/fieldCatalogue.ts';
import { mirrorReps } from '../salesforce/org/repList.ts';
import { mappingStatuses } from '../sync/mapping/status.ts';
import { parametersOf, type Handler } from './request.ts';

export const refreshCatalogue: Handler = async (run, context) => {
  parametersOf(run.request, z.strictObject({}));
  const catalogue = await context.sellfire.fields();
  const { added, changed, removed, refused } = await mirrorCatalogue(context.rest, context.config().names, catalogue);
  // A rep that the org refuses is logged when the configuration is read.
  await mirrorReps(context.rest, context.config().names, await context.sellfire.reps());
  const config = await context.reload();
  const [failure] = refused;
  if (failure)
    throw new BridgeError(
      explain('CATALOGUE_REFUSED', {
        fields: say('fields', { count: refused.length }),
        first: failure.key,
        message: failure.fault.message,
      }),
    );
  const issues = mappingStatuses(config).filter(({ status }) => status === 'Issue').length;
  const news = [...part('fieldsAdded', added), ...part('fieldsChanged', changed), ...part('fieldsRemoved', removed)];
  return {
    messages: [
      say('catalogueHas', { count: catalogue.length }),
      ...(news.length > 0 ? news : [say('nothingChanged')]),
      say('mappingsChecked', {
        count: config.mappings.length,
        issues: issues === 0 ? say('noIssue') : say('issues', { count: issues }),
      }),
    ],
  };
};

function part(code: 'fieldsAdded' | 'fieldsChanged' | 'fieldsRemoved', keys: readonly string[]): Message[] {
  return keys.length === 0 ? [] : [say(code, { count: keys.length, list: shortList([...keys].sort()) })];
}
