// Selects the fields that a demo or a sale writes (M4) and checks the values that it requires.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Message } from '../../model/message.ts';
import type { RecordRef, NodeValue } from '../../model/saleTransaction.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { OWNER_FIELD, type FieldMapping, type Trigger } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Sale } from '../../model/sale.ts';
import { textOrNull } from '../../model/text.ts';
import { canonical, sameValue, toSalesforce, toSellfire } from '../values/canonical.ts';
import { isUndelivered, refusalOf } from '../values/register.ts';
import { leadCountry } from '../mapping/country.ts';
import { readReplica } from '../mapping/asStored.ts';
import { linkedObjects } from '../turn/draft.ts';
import { blockedWay, mappedFields, towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';

type Source = Record<string, SellfireValue>;

/**
 * The Salesforce values of the fields that are mapped towards Salesforce on one of the triggers, without blanks.
 * @param lead whose country its phones have, those of its sales and of their people too
 * @param object the Sellfire object that the source belongs to
 */
export function mappedValues(
  config: SyncConfig,
  lead: Pick<Lead, 'fields'>,
  source: Source,
  object: FieldMapping['sellfireObject'],
  target: string,
  triggers: readonly Trigger[],
): { fields: SalesforceFields } {
  const fields: SalesforceFields = {};
  const country = leadCountry(config, lead.fields);
  for (const mapping of config.mappings) {
    if (mapping.sellfireObject !== object || mapping.salesforceObject !== target) continue;
    if (!towardsSalesforce(mapping.rule) || !mapping.triggers.some((one) => triggers.includes(one))) continue;
    const sellfire = config.catalogue.find((field) => field.object === object && field.name === mapping.sellfireField);
    const salesforce = config.objects[target]?.fields[mapping.salesforceField];
    if (!sellfire || !salesforce || !(salesforce.createable || salesforce.updateable)) continue;
    // The status of the mapping reports this already.
    if (blockedWay(mapping.rule, sellfire, salesforce) === 'toSalesforce') continue;
    const value = canonical(sellfire.type, source[sellfire.name] ?? null, country);
    if (value === null || salesforce.name in fields) continue;
    fields[salesforce.name] = toSalesforce(salesforce, value);
  }
  return { fields };
}

/** A text of the lead in canonical form; null where it is blank. */
export function leadText(config: SyncConfig, lead: Lead, name: string): string | null {
  const type = config.catalogue.find((field) => field.object === 'lead' && field.name === name)?.type ?? 'text';
  const value = canonical(type, lead.fields[name] ?? null, leadCountry(config, lead.fields));
  return textOrNull(value);
}

/** Reports the required values of a demo or a sale that are blank. */
export function missingValues(part: Message, values: Record<string, string | null>): Explanation | undefined {
  const empty = Object.entries(values).filter(([, value]) => value === null);
  if (empty.length === 0) return undefined;
  return explain('REQUIRED_EMPTY.forDemo', { part, fields: empty.map(([name]) => name).join(', ') });
}

/**
 * What the lead holds, and is about to hold: an edit of Salesforce on its way to Sellfire is not written over by the value before it. One of a
 * field that the linked records do not have any more reaches nobody.
 */
export function withPending(config: SyncConfig, link: Link | undefined, { fields }: Pick<Lead, 'fields'>): Source {
  const pending = mappedFields(config, linkedObjects(link)).flatMap(({ mapping, sellfire: { name, type } }) => {
    const state = link?.fields[name];
    if (!state?.register || !isUndelivered(state, 'sellfire')) return [];
    return towardsSellfire(mapping.rule, state.register.value) ? [[name, toSellfire(type, state.register.value)]] : [];
  });
  return { ...fields, ...(Object.fromEntries(pending) as Source) };
}

/** The trigger whose mappings apply: demo or sale. */
export const triggerOf = (sale: Sale | undefined): Trigger => (sale ? 'sale' : 'demoSet');

/** The value of a field that refers to the record. */
export const valueOf = (record: RecordRef): NodeValue => ('id' in record ? record.id : { ref: record.ref });

/**
 * Leaves out the fields that sync on create/update already. For those the later edit wins, whether or not there was a
 * demo or a sale. Where updates in Salesforce are off they fire, but for a value that the linked record is known to hold: written again it
 * could only overwrite an edit that is on its way. And but for one in whose place stands an edit that Sellfire refused: the two differ then.
 */
export function withoutSynced(
  config: SyncConfig,
  object: string,
  fields: SalesforceFields,
  link: Link | undefined,
): SalesforceFields {
  const synced = mappedFields(config, [object]).filter(({ mapping }) => towardsSalesforce(mapping.rule));
  const isLeftOut = ([name, value]: [string, SalesforceFields[string]]): boolean =>
    synced.some(
      (field) =>
        field.salesforce.name === name &&
        (config.settings.updateInSalesforce || isHeld(config, link, field, value) || isRefused(link, field)),
    );
  return Object.fromEntries(Object.entries(fields).filter((entry) => !isLeftOut(entry)));
}

function isHeld(
  config: SyncConfig,
  link: Link | undefined,
  field: MappedField,
  value: SalesforceFields[string],
): boolean {
  const { lastKnown } = link?.fields[field.sellfire.name]?.replicas[field.replica] ?? {};
  return link !== undefined && lastKnown !== undefined && sameValue(readReplica(config, link, field, value), lastKnown);
}

/** Whether Sellfire refused the last edit, which is one of Salesforce and stands there. */
function isRefused(link: Link | undefined, { sellfire: { name } }: MappedField): boolean {
  if (name === OWNER_FIELD && link?.ownerDiffers !== undefined) return true;
  const state = link?.fields[name];
  return state !== undefined && refusalOf(state, 'sellfire') !== undefined;
}
