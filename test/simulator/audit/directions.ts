// Directions that are off (M19): nothing is made, and no mapped field is changed, that way.
import type { Evidence } from './evidence.ts';

export function auditDirections(evidence: Evidence): string[] {
  const { settings } = evidence;
  return [
    ...(settings.createInSalesforce ? [] : madeInSalesforce(evidence)),
    ...(settings.updateInSalesforce ? [] : changedInSalesforce(evidence)),
    ...(settings.createInSellfire ? [] : madeInSellfire(evidence)),
    ...(settings.updateInSellfire ? [] : changedInSellfire(evidence)),
  ];
}

/** A demo or a sale of a lead that has a record goes on. */
const madeInSalesforce = ({ commits, bridgeUser }: Evidence): string[] =>
  commits.flatMap(({ changes }) =>
    changes
      .filter((one) => one.object === 'Lead' && one.kind === 'create' && one.user === bridgeUser)
      .map(({ recordId }) => `M19: the Lead ${recordId} was made, and that is off.`),
  );

/**
 * The ids of the lead and the state of the sync are no mapped fields; a demo or a sale writes what is mapped to it. A Lead that was made
 * without a field, because the org refused it with the field, gets it afterwards: that is its creation still.
 */
function changedInSalesforce({ commits, events, bridgeUser, mappings, refused, automated }: Evidence): string[] {
  const isDealt = events.some(({ sale, schedule_item: item }) => sale !== null || item?.kind === 'demo');
  const mapped = new Set(mappings.map((one) => `${one.salesforceObject}.${one.salesforceField}`));
  const made = commits.flatMap(({ changes }) =>
    changes.filter((one) => one.kind === 'create' && one.user === bridgeUser),
  );
  const isOfCreation = (id: string, name: string): boolean =>
    made.some(({ recordId, fields }) => recordId === id && fields[name] === undefined) &&
    refused.some(({ fields }) => fields[name] !== undefined);
  return commits.flatMap(({ changes }) =>
    changes
      .filter((one) => one.kind === 'update' && one.user === bridgeUser && !isDealt)
      .flatMap(({ object, recordId, fields }) =>
        Object.keys(fields)
          .filter((name) => mapped.has(`${object}.${name}`) && !isOfCreation(recordId, name))
          // What an automation of the org set in the save of the lead's id is no value of the bridge.
          .filter((name) => !automated.some((one) => one.recordId === recordId && one.field === name))
          .map((name) => `M19: ${name} of ${recordId} was changed, and that is off.`),
      ),
  );
}

const madeInSellfire = ({ events }: Evidence): string[] =>
  events
    .filter(({ type, actor }) => type === 'lead.created' && actor.kind === 'api')
    .map(({ lead_id: id }) => `M19: the lead ${String(id)} was made, and that is off.`);

function changedInSellfire({ events, mappings }: Evidence): string[] {
  const mapped = new Set(mappings.filter((one) => one.sellfireObject === 'lead').map((one) => one.sellfireField));
  return events
    .filter(({ type, actor }) => type === 'lead.updated' && actor.kind === 'api')
    .flatMap(({ lead_id: id, changes }) =>
      Object.keys(changes)
        .filter((name) => mapped.has(name))
        .map((name) => `M19: ${name} of ${String(id)} was changed, and that is off.`),
    );
}
