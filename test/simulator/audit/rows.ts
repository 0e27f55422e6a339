// The integration report (M31, B2): every row is about something that happened, with the values that were there; and what was written has its row.
import type { Evidence, Row } from './evidence.ts';
import { isSame, valuesOfLead, valuesOfRecord } from './journal.ts';
import { agree, isSameInSellfire } from './types.ts';

export function auditRows(evidence: Evidence): string[] {
  return [
    ...evidence.rows.flatMap((row) => [...wordsOf(row), ...subjectOf(evidence, row), ...changesOf(evidence, row)]),
    ...(evidence.calm ? unreported(evidence) : []),
  ];
}

function wordsOf({ outcome, code, reason, event }: Row): string[] {
  const isSaid = reason !== '' && code !== '';
  // What Sellfire's own rules forbid is refused (M14, M15), and has not failed.
  if (['PHASE_REFUSED', 'OWNER_REFUSED'].includes(code) && outcome !== 'Refused')
    return [`M31: a row of ${event} is ${outcome} with ${code}.`];
  const word = { Sale: 'sale', DemoSet: 'demo' }[event];
  if (code === 'VALUE_UNFIT' && reason.includes('repush the ') && !reason.includes(`repush the ${word}`))
    return [`M31: a row of ${event} says "${reason}".`];
  return outcome === 'Success' || isSaid ? [] : [`M31: a row of ${event} is ${outcome} without a code or a reason.`];
}

/** A success names what there is. */
function subjectOf({ records, events, leads, bridgeUser, commits }: Evidence, row: Row): string[] {
  const { event, direction, sellfireLeadId: leadId, sellfireRecordId: of, salesforceRecordId: id } = row;
  if (row.outcome !== 'Success') return [];
  const record = records.find((one) => one.id === id);
  const wrong = (what: string): string[] => [
    `M31: a row of ${event} ${what} (${String(leadId)}, ${String(id)}, ${String(of)}).`,
  ];
  if (leadId !== null && !leads.some((one) => one.id === leadId)) return wrong('names a lead that never was');
  if (id !== null && !record) return wrong('names a record that never was');
  if (record && row.salesforceObject !== record.object)
    return wrong(`says that the record is a ${String(row.salesforceObject)}`);
  switch (event) {
    case 'LeadCreated': {
      const birth = events.find((one) => one.type === 'lead.created' && one.lead_id === leadId);
      const creator = commits
        .flatMap(({ changes }) => changes)
        .find((one) => one.recordId === id && one.kind === 'create');
      if (direction === 'ToSellfire' && birth?.actor.kind !== 'api' && !birth?.actor.request_id?.startsWith('bridge:'))
        return wrong('is of a lead that the bridge did not make');
      if (direction === 'ToSalesforce' && creator?.user !== bridgeUser)
        return wrong('is of a record that the bridge did not make');
      return [];
    }
    case 'Activity': {
      if (row.code !== '') return [];
      // A Task that moved with its lead is of its own activity.
      const own = record?.fields['Sellfire_Activity_Id__c'];
      const activity = events.find((one) => one.activity?.id === (of ?? own))?.activity;
      if (activity?.lead_id !== leadId) return wrong('is of no activity of the lead');
      return own === activity?.id ? [] : wrong('is not of its Task');
    }
    case 'Sale':
    case 'DemoSet': {
      const [sale, item] = [
        events.find((one) => one.sale?.id === of)?.sale,
        events.find((one) => one.schedule_item?.id === of)?.schedule_item,
      ];
      // What is reported says of which sale it is, and that of an Opportunity of which demo, so that a repush does that.
      const isOfDemo = events.some(
        (one) => one.type === 'demo.set' && one.lead_id === leadId && Date.parse(one.occurred_at) === row.occurredAt,
      );
      if (!of && (event === 'Sale' || (row.salesforceObject === 'Opportunity' && isOfDemo)))
        return wrong('says not of which');
      if (of && event === 'Sale' && sale?.lead_id !== leadId) return wrong('is of no sale of the lead');
      if (of && event === 'DemoSet' && item?.kind !== 'demo') return wrong('is of no demo');
      const key = record?.object === 'Opportunity' ? String(record.fields['Sellfire_Opportunity_Key__c']) : undefined;
      return key === undefined || key.startsWith(`${String(leadId)}:`)
        ? []
        : wrong('names the Opportunity of another lead');
    }
    default:
      return [];
  }
}

/** What a success says of a field was written: it stood there once, before as well as after. */
function changesOf(evidence: Evidence, row: Row): string[] {
  if (row.outcome !== 'Success' || !['LeadCreated', 'LeadUpdated', 'PhaseChange', 'OwnerChange'].includes(row.event))
    return [];
  const { sellfireLeadId: leadId, salesforceRecordId: id, direction } = row;
  return row.changes.flatMap(({ field, before, after }) => {
    const values =
      direction === 'ToSalesforce'
        ? id === null
          ? undefined
          : valuesOfRecord(evidence, id, field)
        : leadId === null
          ? undefined
          : valuesOfLead(evidence, leadId, field);
    if (!values || (values.length === 0 && isSame(after, null))) return [];
    const mapping = evidence.mappings.find(
      (one) => one.salesforceObject === row.salesforceObject && one.salesforceField === field,
    );
    const isIt = (one: unknown, value: unknown): boolean =>
      direction === 'ToSalesforce'
        ? mapping
          ? agree(evidence, mapping, value, one)
          : isSame(one, value)
        : isSameInSellfire(evidence, field, one, value);
    const lacks = (value: unknown): boolean => !isNothing(value) && !values.some((one) => isIt(one, value));
    const where = `${field} of ${String(direction === 'ToSalesforce' ? id : leadId)}`;
    return [
      ...(evidence.calm && before !== undefined && JSON.stringify(before) === JSON.stringify(after)
        ? [`M31: a row says that ${where} was ${String(before)} and became that.`]
        : []),
      ...(lacks(after) ? [`B2: a row says that ${where} became ${String(after)}, which it never was.`] : []),
      ...(before !== undefined && lacks(before)
        ? [`B2: a row says that ${where} was ${String(before)}, which it never was.`]
        : []),
    ];
  });
}

/** A box that is not ticked is blank. */
const isNothing = (value: unknown): boolean => value === false || (isSame(value, null) && !Array.isArray(value));

/** Every value of a mapped field that the bridge wrote has a row (M31). */
function unreported(evidence: Evidence): string[] {
  const { commits, events, rows, mappings, bridgeUser, automated } = evidence;
  const mapped = new Set(mappings.map((one) => `${one.salesforceObject}.${one.salesforceField}`));
  const inSalesforce = commits.flatMap(({ changes }) =>
    changes
      .filter((one) => one.user === bridgeUser && one.kind === 'update' && one.object !== 'Account')
      .flatMap(({ recordId, object, fields }) =>
        Object.entries(fields).flatMap(([field, value]) => {
          // What an automation of the org set is no value of the bridge.
          const isAutomated = automated.some((one) => one.recordId === recordId && one.field === field);
          if (isAutomated || !mapped.has(`${object}.${field}`)) return [];
          const isTold = rows.some(
            (row) =>
              row.salesforceRecordId === recordId &&
              row.changes.some(
                (one) =>
                  one.field === field &&
                  mappings.some(
                    (of) =>
                      of.salesforceObject === object &&
                      of.salesforceField === field &&
                      agree(evidence, of, one.after, value),
                  ),
              ),
          );
          const isOfDeal = rows.some((row) => ['Sale', 'DemoSet'].includes(row.event));
          return isTold || isOfDeal
            ? []
            : [`M31: ${field} of ${recordId} became ${String(value)}, and no row says so.`];
        }),
      ),
  );
  const names = new Set(mappings.map((one) => one.sellfireField));
  const inSellfire = events
    .filter(({ actor, type }) => actor.kind === 'api' && type === 'lead.updated')
    .flatMap(({ lead_id: leadId, changes }) =>
      Object.entries(changes).flatMap(([field, { to }]) => {
        if (!names.has(field)) return [];
        const isTold = rows.some(
          (row) =>
            row.sellfireLeadId === leadId &&
            row.changes.some((one) => one.field === field && isSameInSellfire(evidence, field, one.after, to)),
        );
        return isTold ? [] : [`M31: ${field} of ${String(leadId)} became ${String(to)}, and no row says so.`];
      }),
    );
  const born = events
    .filter(({ type, actor }) => type === 'lead.created' && actor.kind === 'api')
    .filter(({ lead_id: id }) => !rows.some((row) => row.event === 'LeadCreated' && row.sellfireLeadId === id))
    .map(({ lead_id: id }) => `M31: the lead ${String(id)} was made, and no row says so.`);
  return [...inSalesforce, ...inSellfire, ...born];
}
