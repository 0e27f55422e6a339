// Fields of a lead and of its record (M5, M14, M15): what each rule lets stand on both sides.
import type { Evidence, Mapping, Row } from './evidence.ts';
import { isSame } from './journal.ts';
import { agree } from './types.ts';
import { namedBy, pairsOf, type Pair } from './pairs.ts';

export function auditFields(evidence: Evidence): string[] {
  return [...pairsOf(evidence), ...accountsOf(evidence)]
    .filter(({ isMade }) => isMade)
    .flatMap((pair) =>
      evidence.mappings
        .filter(
          (one) =>
            one.salesforceObject === pair.record.object &&
            one.triggers.includes('createUpdate') &&
            !evidence.changedFields.has(one.sellfireField),
        )
        .flatMap((mapping) => fieldOf(evidence, pair, mapping)),
    );
}

/** The Account that a demo or a sale of a lead has made, and that no other lead has (M11); it has no lead any more once the lead's own record is deleted (B6). */
function accountsOf({ leads, records }: Evidence): Pair[] {
  return leads.flatMap((lead) => {
    const record = records.find(({ id }) => id === lead.salesforce.account_id);
    const isOwn = record?.object === 'Account' && record.fields['Sellfire_Account_Key__c'] === lead.id;
    const isShared = leads.some((one) => one !== lead && one.salesforce.account_id === record?.id);
    const isMaster = records.some(({ mergedInto }) => mergedInto === record?.id);
    const isOver = records.some(({ id, deleted }) => id === namedBy(lead) && deleted);
    if (!record || !isOwn || isShared || isMaster || isOver || record.deleted || lead.deleted_at !== null) return [];
    return [{ lead, record, isMade: true }];
  });
}

function fieldOf(evidence: Evidence, pair: Pair, mapping: Mapping): string[] {
  const { lead, record } = pair;
  const { sellfireField, salesforceField, rule } = mapping;
  const [mine, theirs] = [lead.fields[sellfireField] ?? null, record.fields[salesforceField] ?? null];
  const { updateInSalesforce, updateInSellfire } = evidence.alwaysOn;
  if (
    agree(evidence, mapping, mine, theirs) ||
    isRefused(evidence, pair, mapping) ||
    isHeldStill(evidence, pair, mapping) ||
    !updateInSalesforce ||
    !updateInSellfire
  )
    return [];
  const last = lastSetBy(evidence, pair, mapping);
  const where = `${sellfireField} of ${lead.id} (${String(mine)}) and ${salesforceField} of ${record.id} (${String(theirs)})`;
  switch (rule) {
    case 'TwoWay':
      return [`M5: ${where} differ, and sync both ways.`];
    case 'AlwaysSellfire':
      // What somebody entered in Salesforce stays there until Sellfire changes.
      return last === 'sellfire' ? [`M5: ${where} differ, and Sellfire was the last to change it.`] : [];
    case 'SalesforceUnlessBlank':
      return last === 'salesforce' && !isSame(theirs, null)
        ? [`M5: ${where} differ, and Salesforce was the last to change it.`]
        : [];
    default:
      return [];
  }
}

/** M9: what holds once every mapping was applied to what there is. */
export function auditApplied(evidence: Evidence): string[] {
  const { mappings = [], settings } = evidence.eras.at(-1) ?? {};
  if (!settings?.updateInSalesforce || !settings.updateInSellfire) return [];
  return pairsOf(evidence).flatMap((pair) =>
    mappings
      .filter((one) => one.salesforceObject === pair.record.object && one.triggers.includes('createUpdate'))
      .flatMap((mapping) => appliedOf(evidence, pair, mapping)),
  );
}

function appliedOf(evidence: Evidence, pair: Pair, mapping: Mapping): string[] {
  const { sellfireObject, sellfireField, salesforceField, rule } = mapping;
  if (rule === 'DoNotSync' || sellfireObject !== 'lead') return [];
  const [mine, theirs] = [pair.lead.fields[sellfireField] ?? null, pair.record.fields[salesforceField] ?? null];
  if (agree(evidence, mapping, mine, theirs) || isRefused(evidence, pair, mapping)) return [];
  if (rule === 'SalesforceUnlessBlank' && isSame(theirs, null)) return [];
  // An automation of the org may put back what the bridge writes.
  if (evidence.automated.some((one) => one.recordId === pair.record.id && one.field === salesforceField)) return [];
  return [
    `M9: ${sellfireField} of ${pair.lead.id} (${String(mine)}) and ${salesforceField} of ${pair.record.id} (${String(theirs)}) differ after ${rule} was applied.`,
  ];
}

/** Which side people changed last; undefined where nobody has, or where the journals do not say. */
function lastSetBy(
  { events, commits, bridgeUser, exact, automated }: Evidence,
  { lead, record }: Pair,
  { sellfireField, salesforceField }: Mapping,
): 'sellfire' | 'salesforce' | undefined {
  if (!exact || automated.some((one) => one.recordId === record.id && one.field === salesforceField)) return undefined;
  const inSellfire = events
    .filter((one) => one.lead_id === lead.id && one.actor.kind !== 'api' && one.changes[sellfireField])
    .map((one) => Date.parse(one.occurred_at));
  const inSalesforce = commits.flatMap(({ at, changes }) =>
    changes.some(
      // An undeletion names every field and changes none.
      (one) =>
        one.recordId === record.id &&
        one.user !== bridgeUser &&
        one.kind !== 'undelete' &&
        one.fields[salesforceField] !== undefined,
    )
      ? [at]
      : [],
  );
  const [mine, theirs] = [Math.max(-1, ...inSellfire), Math.max(-1, ...inSalesforce)];
  if (mine === theirs) return undefined;
  return mine > theirs ? 'sellfire' : 'salesforce';
}

/** A row says that a value of the field did not pass; what it says counts until one says that a later one did. */
function isRefused({ rows }: Evidence, { lead, record }: Pair, { sellfireField, salesforceField }: Mapping): boolean {
  const isAbout = ({ sellfireLeadId, salesforceRecordId, changes }: Row): boolean =>
    (sellfireLeadId === lead.id || salesforceRecordId === record.id) &&
    changes.some(({ field }) => field === sellfireField || field === salesforceField);
  // Or one says that the two are not synced at all.
  const isOver = ({ code, sellfireLeadId }: Row): boolean => code === 'LINK_ENDED' && sellfireLeadId === lead.id;
  return rows.some((row) => row.outcome !== 'Success' && row.code !== 'OVERTAKEN' && (isAbout(row) || isOver(row)));
}

/** An automation of the org has answered one edit after the other until the field was held still, and a row says so (I3). */
function isHeldStill(
  { rows, automated }: Evidence,
  { lead, record }: Pair,
  { sellfireField, salesforceField }: Mapping,
): boolean {
  const isAnswered = automated.some((one) => one.recordId === record.id && one.field === salesforceField);
  return (
    isAnswered &&
    rows.some(
      (row) => row.code === 'BOUNCING' && row.sellfireLeadId === lead.id && row.reason.includes(`"${sellfireField}"`),
    )
  );
}
