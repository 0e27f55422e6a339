// RefreshCatalogue: reads Sellfire's fields and the org's fields again, publishes them to the org, and checks every
// mapping again.
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { mirrorCatalogue } from '../salesforce/org/fieldCatalogue.ts';
import { mappingStatuses } from '../sync/mapping/status.ts';
import { listed } from '../sync/mapping/options.ts';
import { counted, parametersOf, type Handler } from './request.ts';

export const refreshCatalogue: Handler = async (run, context) => {
  parametersOf(run.request, z.strictObject({}));
  const catalogue = await context.sellfire.fields();
  const { added, changed, removed, refused } = await mirrorCatalogue(context.rest, context.config().names, catalogue);
  const config = await context.reload();
  const [failure] = refused;
  if (failure)
    throw new BridgeError(
      explain('CATALOGUE_REFUSED', {
        fields: counted(refused.length, 'field'),
        first: failure.key,
        message: failure.fault.message,
      }),
    );
  const issues = mappingStatuses(config).filter(({ status }) => status === 'Issue').length;
  const parts = [
    part(added, 'was added', 'were added'),
    part(changed, 'has changed', 'have changed'),
    part(removed, 'is gone', 'are gone'),
  ].filter((text) => text !== '');
  const news = parts.length > 0 ? `${parts.join('; ')}.` : 'Nothing has changed.';
  const checked = `${counted(config.mappings.length, 'mapping')} checked again: ${issues === 0 ? 'no issue' : counted(issues, 'issue')}.`;
  return `Sellfire has ${counted(catalogue.length, 'field')}. ${news} ${checked}`;
};

function part(keys: readonly string[], one: string, many: string): string {
  return keys.length === 0 ? '' : `${listed([...keys].sort())} ${keys.length === 1 ? one : many}`;
}
