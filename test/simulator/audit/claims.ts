// What a row says is the reason is so (M31): a switch that was off, a side that was deleted, a field that was empty.
import type { Evidence, Row } from './evidence.ts';
import { isSame } from './journal.ts';

export function auditClaims(evidence: Evidence): string[] {
  return evidence.rows.flatMap((row) =>
    isTrue(evidence, row) ? [] : [`M31: a row of ${row.event} says ${row.code}, and it is not so.`],
  );
}

function isTrue(evidence: Evidence, row: Row): boolean {
  const { code, event, reason, sellfireLeadId: leadId } = row;
  const { alwaysOn, commits, events, records } = evidence;
  // What was refused is another value than the one that stands (M14, M15).
  const isRule = ['PHASE_REFUSED', 'OWNER_REFUSED'].includes(code) && row.outcome === 'Refused';
  if (isRule && row.changes.some((one) => one.before !== undefined && isSame(one.before, one.after))) return false;
  switch (code) {
    case 'CREATION_OFF':
      return !alwaysOn.createInSalesforce;
    case 'LINK_ENDED':
      // A converted Lead whose Contact is another lead's ends a link as well.
      return (
        records.some(({ fields }) => fields['IsConverted'] === true) ||
        events.some(({ type, lead_id: id }) => type === 'lead.deleted' && id === leadId) ||
        commits.some(({ changes }) => changes.some(({ kind }) => kind === 'delete'))
      );
    case 'REQUIRED_EMPTY': {
      const fields = /: ([a-z_]+(?:, [a-z_]+)*)\. Fill/.exec(reason)?.[1]?.split(', ');
      if (!fields || !['Sale', 'DemoSet'].includes(event)) return true;
      const held = events.flatMap((one) => (one.lead_id === leadId && one.lead ? [one.lead.fields] : []));
      return fields.every((field) => held.some((values) => isSame(values[field] ?? null, null)));
    }
    default:
      return true;
  }
}
