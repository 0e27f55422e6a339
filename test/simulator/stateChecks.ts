// Checks the fields of the package by which a linked record shows the state of its sync (M35).
import type { Link } from '../../bridge/model/link.ts';
import { mappedFields } from '../../bridge/sync/mapping/rules.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import { changedFields, wasAlwaysOn } from './eras.ts';
import type { Simulation } from './simulation.ts';

/** M35: the linked record shows whether both sides agree, and the code of the refusal that stands. */
export function statesOf(simulation: Simulation, link: Link): string[] {
  const { config, org, dialer } = simulation;
  const lead = dialer.leads.find(link.leadId);
  const shown = link.record && org.get(link.record.id)?.fields;
  // Where updates are off, a state that changes is not written; and a mapping that changes writes nothing by itself.
  if (!wasAlwaysOn(simulation, 'updateInSalesforce') || changedFields(simulation).size > 0) return [];
  if (!link.record || !shown || link.ended || !lead || lead.deleted_at !== null) return [];
  const objects = [link.record.object, ...(link.accountId ? ['Account'] : [])];
  const codes = mappedFields(config, objects).flatMap(({ sellfire, replica }) => {
    const state = link.fields[sellfire.name];
    return ['sellfire', replica].flatMap((key) => {
      const refused = state?.replicas[key]?.refused;
      return refused && refused.version === state.register?.version ? [refused.code] : [];
    });
  });
  const code = link.ownerDiffers ? 'OWNER_REFUSED' : codes.toSorted()[0];
  const detail = shown['Sellfire_Sync_Detail__c'] ?? '';
  const isRight = ({ Sellfire_Sync_State__c: state, Sellfire_Sync_Detail__c: words }: SalesforceFields): boolean =>
    state === (code === undefined ? 'InSync' : 'Refused') &&
    (code === undefined ? (words ?? '') === '' : String(words).startsWith(`${code}: `));
  if (isRight(shown)) return [];
  // A rule of the org that refuses every save of the record refuses its state as well, which goes with the next write.
  const isKnown = link.stateWritten?.[link.record.id] === (code === undefined ? 'InSync' : `Refused ${code}`);
  if (isKnown && org.refused.some(({ recordId, fields }) => recordId === link.record?.id && isRight(fields))) return [];
  return [
    `M35: ${link.record.id} shows ${String(shown['Sellfire_Sync_State__c'])} (${String(detail)}), and ${code ?? 'nothing'} stands.`,
  ];
}
