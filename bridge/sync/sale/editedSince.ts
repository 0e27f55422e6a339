// An edit of a lead between two attempts of a demo or a sale is carried over: the Contact of an attempt that was interrupted holds what the
// lead held by then, and that is no difference which stood as the two were linked (I15).
import type { Lead } from '../../model/lead.ts';
import { newLink } from '../../model/link.ts';
import type { FoundRecord } from '../../model/plan.ts';
import { leadCountry } from '../mapping/country.ts';
import { readReplica } from '../mapping/asStored.ts';
import { mappedFields } from '../mapping/rules.ts';
import type { Draft } from '../turn/draft.ts';
import { canonical, sameValue } from '../values/canonical.ts';

/**
 * The fields of Sellfire, by name, of which the Contact holds what the lead held at its event, and that were edited since.
 * @param contact the one that the transaction has found; null where it creates it
 */
export function editedSince(draft: Draft, lead: Lead, fromEvent: Lead, contact: FoundRecord | null): string[] {
  const { config, maybeApplied } = draft;
  if (!maybeApplied || contact?.fields[config.names.leadId] !== lead.id) return [];
  const link = draft.link ?? newLink(lead.id);
  return mappedFields(config, ['Contact']).flatMap((field) => {
    const { name, type } = field.sellfire;
    const held = (one: Lead) => canonical(type, one.fields[name] ?? null, leadCountry(config, one.fields));
    const raw = contact.fields[field.salesforce.name];
    if (raw === undefined || sameValue(held(fromEvent), held(lead))) return [];
    return sameValue(readReplica(config, link, field, raw, contact.fields), held(fromEvent)) ? [name] : [];
  });
}
