// Directions that are off (M19), and rules that do not let a value go a way (M5): nothing is made, and no mapped field is changed, that way.
// What an admin changes counts from then on.
import { isSame } from './journal.ts';
import type { Evidence, Mapping, OrgCommit, SellfireEvent, Switches } from './evidence.ts';

/** What was written under one configuration. */
interface Period {
  mappings: readonly Mapping[];
  settings: Switches;
  commits: readonly OrgCommit[];
  events: readonly SellfireEvent[];
}

export function auditDirections(evidence: Evidence): string[] {
  return periodsOf(evidence).flatMap((period) => {
    const { settings } = period;
    return [
      ...(settings.createInSalesforce ? [] : madeInSalesforce(evidence, period)),
      ...(settings.updateInSalesforce ? [] : changedInSalesforce(evidence, period)),
      ...(settings.createInSellfire ? [] : madeInSellfire(period)),
      ...(settings.updateInSellfire ? [] : changedInSellfire(evidence, period)),
      ...ruledInSalesforce(evidence, period),
      ...ruledInSellfire(evidence, period),
    ];
  });
}

function periodsOf({ eras, commits, events }: Evidence): Period[] {
  return eras.map(({ mappings, settings, commits: first, events: begin }, index) => {
    const next = eras[index + 1];
    return {
      mappings,
      settings,
      commits: commits.slice(first, next?.commits),
      events: events.slice(begin, next?.events),
    };
  });
}

/** A demo or a sale of a lead that has a record goes on. */
const madeInSalesforce = ({ bridgeUser }: Evidence, { commits }: Period): string[] =>
  commits.flatMap(({ changes }) =>
    changes
      .filter((one) => one.object === 'Lead' && one.kind === 'create' && one.user === bridgeUser)
      .map(({ recordId }) => `M19: the Lead ${recordId} was made, and that is off.`),
  );

/**
 * The ids of the lead and the state of the sync are no mapped fields; a demo or a sale writes what is mapped to it. A Lead that was made
 * without a field, because the org refused it with the field, gets it afterwards: that is its creation still.
 */
function changedInSalesforce(evidence: Evidence, { commits }: Period): string[] {
  const { events, bridgeUser, mappings, refused, automated } = evidence;
  const isDealt = events.some(({ sale, schedule_item: item }) => sale !== null || item?.kind === 'demo');
  const mapped = new Set(mappings.map((one) => `${one.salesforceObject}.${one.salesforceField}`));
  const made = evidence.commits.flatMap(({ changes }) =>
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

const madeInSellfire = ({ events }: Period): string[] =>
  events
    .filter(({ type, actor }) => type === 'lead.created' && actor.kind === 'api')
    .map(({ lead_id: id }) => `M19: the lead ${String(id)} was made, and that is off.`);

/** Of the bridge: its writes, and the files that it imports. */
const isOfBridge = ({ actor }: SellfireEvent): boolean =>
  actor.kind === 'api' || actor.request_id?.startsWith('bridge:') === true;

/** What somebody in Sellfire had set, and a write of the bridge replaced that had not heard of it, is put back: that comes from no record. */
function isPutBack({ events }: Evidence, event: SellfireEvent, name: string): boolean {
  const before = events
    .slice(0, events.indexOf(event))
    .filter((one) => one.lead_id === event.lead_id && one.changes[name] !== undefined);
  const edit = before.findLast((one) => !isOfBridge(one));
  const last = before.at(-1);
  return (
    edit !== undefined &&
    last !== undefined &&
    isOfBridge(last) &&
    isSame(edit.changes[name]?.to, event.changes[name]?.to)
  );
}

function changedInSellfire(evidence: Evidence, { events }: Period): string[] {
  const { mappings } = evidence;
  const mapped = new Set(mappings.filter((one) => one.sellfireObject === 'lead').map((one) => one.sellfireField));
  return events
    .filter(({ type, actor }) => type === 'lead.updated' && actor.kind === 'api')
    .flatMap((event) =>
      Object.keys(event.changes)
        .filter((name) => mapped.has(name) && !isPutBack(evidence, event, name))
        .map((name) => `M19: ${name} of ${String(event.lead_id)} was changed, and that is off.`),
    );
}

const OUTWARD = ['TwoWay', 'AlwaysSellfire'];
const INWARD = ['TwoWay', 'SalesforceUnlessBlank'];
/** What a new lead has of itself. */
const NEW: readonly unknown[] = ['ColdCallCold', false];
const FOLLOWED = ['Lead', 'Contact', 'Account'];

/** M5: a field that is mapped is written only by a mapping that goes that way. */
function ruledInSalesforce(
  { bridgeUser, mappings: all, automated }: Evidence,
  { mappings, commits }: Period,
): string[] {
  const isMapped = new Set(all.map((one) => `${one.salesforceObject}.${one.salesforceField}`));
  const goes = new Set(
    mappings
      .filter(({ rule }) => OUTWARD.includes(rule))
      .map((one) => `${one.salesforceObject}.${one.salesforceField}`),
  );
  return commits.flatMap(({ changes }) =>
    changes
      .filter(({ object, user }) => user === bridgeUser && FOLLOWED.includes(object))
      .flatMap(({ object, recordId, kind, fields }) =>
        Object.entries(fields)
          // The people of a sale have names and phones by M24.
          .filter(() => fields['Sellfire_Contact_Key__c'] === undefined)
          .filter(([name]) => isMapped.has(`${object}.${name}`) && !goes.has(`${object}.${name}`))
          .filter(([name]) => !automated.some((one) => one.recordId === recordId && one.field === name))
          // What the platform or a sale (M24) gives a new record is no mapped value.
          .filter(([name, value]) => !(kind === 'create' && (value === false || name === 'FirstName')))
          .map(([name]) => `M5: ${name} of ${recordId} was written, and its mapping does not go to Salesforce.`),
      ),
  );
}

function ruledInSellfire({ mappings: all }: Evidence, { mappings, events }: Period): string[] {
  const isMapped = new Set(all.filter((one) => one.sellfireObject === 'lead').map((one) => one.sellfireField));
  const rules = Map.groupBy(mappings, (one) => one.sellfireField);
  return events
    .filter(({ type, actor }) => type.startsWith('lead.') && actor.kind === 'api')
    .flatMap(({ type, lead_id: id, changes }) =>
      Object.entries(changes)
        // What Sellfire gives each new lead is no value of the bridge.
        .filter(([name, { to }]) => isMapped.has(name) && !(type === 'lead.created' && NEW.includes(to)))
        .flatMap(([name, { to }]) => {
          const inward = (rules.get(name) ?? []).filter(({ rule }) => INWARD.includes(rule));
          if (inward.length === 0)
            return [`M5: ${name} of ${String(id)} was written, and its mapping does not go to Sellfire.`];
          // Where one of its mappings goes both ways, a blank may come by that.
          return to === null && inward.every(({ rule }) => rule !== 'TwoWay')
            ? [`M5: ${name} of ${String(id)} was blanked, and its mapping lets no blank through.`]
            : [];
        }),
    );
}
