// Checks what a link remembers, once all work of a history is done, by the journals of both systems (I1): what it knows of each side is true, and it
// waits for nothing that has come. What is wrong there does no harm yet; the next turn decides by it.
import { linkSchema, type FieldState, type Link, type Register, type Replica } from '../../bridge/model/link.ts';
import { ORG_ID } from './configuration.ts';
import { wasAlwaysOn } from './eras.ts';
import { BRIDGE_USER } from './peers.ts';
import type { Simulation } from './simulation.ts';

/** From here on a revision says that the event of the write need not come. */
const NEEDS_NO_EVENT = Number.MAX_SAFE_INTEGER;
const COUNTRIES = ['CountryCode', 'MailingCountryCode', 'BillingCountryCode'];
/** Decided by rules of Sellfire's own (M14, M15), which set it as well. */
const RULED = ['phase', 'owned_rep_id'];

/** ms: what is read is dated by whole seconds. */
const SECOND = 1_000;

/** A record of a link. */
interface Place {
  object: string;
  id: string;
}

export function memoryOf(simulation: Simulation, link: Link): string[] {
  const places: Place[] = [
    ...(link.record ? [link.record] : []),
    ...(link.accountId === undefined ? [] : [{ object: 'Account', id: link.accountId }]),
  ];
  const breaches = [
    ...(linkSchema.safeParse(link).success ? [] : ['cannot be read back from the store']),
    ...placesOf(simulation, link),
    ...countriesOf(simulation, link, places),
    ...waitsOf(simulation, link),
    ...(link.ended ? endOf(simulation, link) : []),
    ...(link.ended ? [] : shownOf(simulation, link)),
    ...(link.ended ? [] : registersOf(simulation, link, places)),
    ...workOf(simulation, link),
  ];
  return breaches.map((what) => `I1: the link of ${link.leadId} ${what}.`);
}

/** Whether every event was delivered with what it changed. */
const isWhole = ({ lossy, org }: Simulation): boolean => !lossy && !org.stream.some(({ hidden }) => hidden);

/** What it has left is not where it is. */
function placesOf({ org }: Simulation, { record, accountId, left = [], moved, lostAccountId }: Link): string[] {
  const here = [record?.id, accountId];
  const from = moved?.from ?? [];
  return [
    ...left.filter((id) => !org.records.has(id)).map((id) => `has left ${id}, which never was`),
    ...left.filter((id) => id === record?.id).map((id) => `has left ${id}, which is its record`),
    ...from.filter((id) => here.includes(id)).map((id) => `has moved from ${id}, which it has`),
    ...(new Set(left).size < left.length || new Set(from).size < from.length ? ['has left a record twice'] : []),
    ...(lostAccountId !== undefined && (lostAccountId === accountId || org.get(lostAccountId))
      ? [`has lost ${lostAccountId}, which is there`]
      : []),
  ];
}

/** M17: the country of each record of the link, by which its numbers are read. */
function countriesOf(simulation: Simulation, { countries = {}, ended }: Link, places: readonly Place[]): string[] {
  const named = ({ id }: Place): unknown =>
    COUNTRIES.map((name) => simulation.org.records.get(id)?.fields[name]).find((one) => typeof one === 'string');
  return [
    ...Object.keys(countries)
      .filter((object) => !places.some((one) => one.object === object))
      .map((object) => `knows a country of ${object}, which it has not`),
    ...(ended || !isWhole(simulation) ? [] : places)
      .filter((place) => countries[place.object] !== undefined && countries[place.object] !== named(place))
      .map((place) => `takes ${place.id} for one of ${String(countries[place.object])}, not ${String(named(place))}`),
  ];
}

/** What it waits for has not come, and a row says why it waits (M31). */
function waitsOf({ store }: Simulation, { leadId, record, waiting, awaits, ended }: Link): string[] {
  const isTold = ({ sellfireLeadId, code }: { sellfireLeadId: string | null; code: string | null }): boolean =>
    sellfireLeadId === leadId && code === waiting?.code;
  const holds = (other: Link): boolean => other.leadId !== leadId && other.record?.id === awaits?.id && !other.ended;
  return [
    ...(waiting && record ? [`waits for a record (${waiting.code}), and has ${record.id}`] : []),
    // What holds up every lead is said once, for the object (B23).
    ...(waiting && waiting.code !== 'CREATION_PAUSED' && !store.allReports(ORG_ID).some(isTold)
      ? [`waits because of ${waiting.code}, and no row says so`]
      : []),
    ...(awaits && !ended && (awaits.id === record?.id || !store.allLinks(ORG_ID).some(holds))
      ? [`awaits ${awaits.id}, which no other lead has`]
      : []),
  ];
}

/** It ended when a row says that it did, and where it ended the lead is gone. */
function endOf({ store, dialer }: Simulation, { leadId, ended }: Link): string[] {
  const times = store
    .allReports(ORG_ID)
    .filter((one) => one.sellfireLeadId === leadId && one.event === 'LeadDeleted')
    .map(({ occurredAt }) => occurredAt);
  const lives = dialer.leads.find(leadId)?.deleted_at === null;
  return [
    ...(ended?.by === 'sellfire' && lives ? ['ended in Sellfire, where the lead lives'] : []),
    ...(ended && times.length > 0 && !times.includes(ended.at)
      ? [`ended at ${ended.at}, and rows say ${times.join(', ')}`]
      : []),
  ];
}

/** M35: what each record shows, which is written once. An Account of several leads shows what was written last for one of them. */
function shownOf(simulation: Simulation, { stateWritten = {} }: Link): string[] {
  const shown = (id: string): unknown => simulation.org.get(id)?.fields['Sellfire_Sync_State__c'];
  const links = simulation.store.allLinks(ORG_ID);
  const isOfOther = (id: string): boolean =>
    links.some((one) => one.accountId === id && one.stateWritten?.[id]?.split(' ')[0] === shown(id));
  return [
    ...(isWhole(simulation) && simulation.org.refused.length === 0 ? Object.entries(stateWritten) : [])
      .filter(([id, words]) => shown(id) !== undefined && words.split(' ')[0] !== shown(id) && !isOfOther(id))
      .map(([id, words]) => `has written ${words} to ${id}, which shows ${String(shown(id))}`),
  ];
}

/** When a field was changed, on a side; by the bridge or by others. */
interface Change {
  at: number;
  by: 'salesforce' | 'sellfire';
  editor: string;
}

function registersOf(simulation: Simulation, link: Link, places: readonly Place[]): string[] {
  return Object.entries(link.fields).flatMap(([name, state]) => {
    const changes = changesOf(simulation, link, name);
    return [
      ...registerOf(simulation, link, name, state, changes),
      ...Object.entries(state.replicas).flatMap(([key, replica]) => {
        const place = places.find(({ object }) => key.startsWith(`${object}.`));
        const id = key === 'sellfire' ? link.leadId : place?.id;
        if (id === undefined) return [];
        return replicaOf(simulation, link, { name, key, id }, replica, state).map(
          (what) => `has ${name} at ${key} ${what}`,
        );
      }),
    ];
  });
}

/** A mapping may have been deleted since. */
const mappedTo = ({ eras }: Simulation, name: string): Set<string> =>
  new Set(
    eras.flatMap(({ config }) =>
      config.mappings.filter((one) => one.sellfireField === name).map((one) => one.salesforceField),
    ),
  );

/** Every change of a field of the lead or of a record that the link has had; creations set every field. */
function changesOf(simulation: Simulation, { leadId, record, accountId, left = [] }: Link, name: string): Change[] {
  const fields = mappedTo(simulation, name);
  const ids = [record?.id, accountId, ...left];
  return [
    ...simulation.dialer.feed
      .after(0, Infinity)
      .filter((one) => one.lead_id === leadId && (one.type === 'lead.created' || one.changes[name]))
      .map(({ occurred_at: at, actor }): Change => ({
        at: Date.parse(at),
        by: 'sellfire',
        editor: actor.id ?? actor.kind,
      })),
    ...simulation.org.stream
      .flatMap(({ at, changes, hidden = changes }) => hidden.map((one) => ({ ...one, at })))
      .filter(({ recordId }) => ids.includes(recordId))
      .filter((one) => one.kind === 'create' || Object.keys(one.fields).some((field) => fields.has(field)))
      .map(({ at, user }): Change => ({ at, by: 'salesforce', editor: user })),
  ];
}

/** How often an automation set what stood there, in a write of the bridge: nothing has changed then, so that no event names the field. */
function undone(simulation: Simulation, { record, accountId, left = [] }: Link, name: string): number {
  const fields = mappedTo(simulation, name);
  const ids = [record?.id, accountId, ...left];
  const changed = simulation.org.stream.flatMap(({ at, changes, hidden = changes }) =>
    hidden.flatMap((one) => Object.keys(one.fields).map((field) => `${at} ${one.recordId} ${field}`)),
  );
  return simulation.org.automated.filter(
    ({ at, recordId, field, user }) =>
      user === BRIDGE_USER &&
      ids.includes(recordId) &&
      fields.has(field) &&
      !changed.includes(`${at} ${recordId} ${field}`),
  ).length;
}

/** I12: the register is of an edit that somebody made. */
function registerOf(
  simulation: Simulation,
  link: Link,
  name: string,
  { register, previousValues, flipFlops, suspended }: FieldState,
  changes: readonly Change[],
): string[] {
  if (!register) return previousValues.length > 0 ? [`has values of ${name} before none`] : [];
  const here = changes.filter(({ at, by }) => at === register.at && by === register.by);
  const isEdited =
    isOrderly(simulation, link) &&
    register.version > 1 &&
    !RULED.includes(name) &&
    !isImported(changes) &&
    !isEstimated(simulation, register);
  return [
    ...(isEdited && here.length === 0
      ? [`has ${name} of ${register.at} in ${register.by}, when nobody changed it`]
      : []),
    ...(here.length > 0 && register.editor !== undefined && !here.some(({ editor }) => editor === register.editor)
      ? [`has ${name} of ${register.editor}, who did not change it`]
      : []),
    ...(previousValues.length >= register.version ? [`has more values of ${name} before than versions`] : []),
    ...(flipFlops >= changes.length && flipFlops >= changes.length + undone(simulation, link, name)
      ? [`has ${flipFlops} turns of ${name} in ${changes.length} changes`]
      : []),
    ...(suspended && changes.length < 10 ? [`holds ${name} still after ${changes.length} changes`] : []),
  ];
}

/** Whether automations of the org set what the bridge writes. */
const isAnswered = ({ org }: Simulation): boolean =>
  org.automations.size > 0 || org.deactivated || org.refused.length > 0;

/** The edits of a record whose lead a file has made are known by what was read. */
const isImported = (changes: readonly Change[]): boolean => changes.some(({ editor }) => editor === 'import');

/** What was read for an event that cannot be read has an estimated time, until its own event, which counts only while its direction is on. */
const isEstimated = (simulation: Simulation, { by }: Register): boolean =>
  simulation.unreadable.length > 0 &&
  !wasAlwaysOn(simulation, by === 'salesforce' ? 'updateInSellfire' : 'updateInSalesforce');

/** Nothing failed, nothing came between, nothing was lost, and the link is where it began. */
const isOrderly = (simulation: Simulation, { moved, left, accountId }: Link): boolean =>
  simulation.calm &&
  simulation.quietly &&
  simulation.commands === 0 &&
  isWhole(simulation) &&
  !isAnswered(simulation) &&
  !moved &&
  !left &&
  accountId === undefined;

/** M9: of a field that was not mapped for some time to the object that the record is of, no event was looked at then. */
const wasAlwaysMapped = ({ eras }: Simulation, { record }: Link, name: string, key: string): boolean =>
  eras.every(({ config }) =>
    config.mappings.some(
      (one) =>
        one.sellfireField === name &&
        (key === 'sellfire'
          ? one.salesforceObject === (record?.object ?? one.salesforceObject)
          : `${one.salesforceObject}.${one.salesforceField}` === key) &&
        one.triggers.includes('createUpdate') &&
        one.rule !== 'DoNotSync',
    ),
  );

/**
 * ms: a record of which a file has made a lead was read as the two were linked, which its event shows: events of edits before then came to no
 * lead.
 */
function linkedAt({ org, dialer, config }: Simulation, { leadId }: Link, id: string): number {
  const isImported = dialer.feed
    .after(0, Infinity)
    .some((one) => one.lead_id === leadId && one.type === 'lead.created' && one.actor.kind === 'import');
  const named = org.stream.filter(({ changes }) =>
    changes.some((one) => one.recordId === id && one.fields[config.names.leadId] === leadId),
  );
  return isImported ? (named[0]?.at ?? 0) : 0;
}

/** I1, I13: what is known of a replica is of its last event, and no event of a write is awaited. */
function replicaOf(
  simulation: Simulation,
  link: Link,
  { name, key, id }: { name: string; key: string; id: string },
  { at, inFlight = [], delivered, confirmed, targetVersion, lastKnown, refused }: Replica,
  { register }: FieldState,
): string[] {
  const { org, dialer } = simulation;
  const version = register?.version ?? 0;
  const awaited = inFlight.filter(({ revision, mayBeMissed }) => revision < NEEDS_NO_EVENT && !mayBeMissed);
  // A field of a lead that is given what it holds has no event.
  const isAwaiting = key !== 'sellfire';
  const field = key.slice(key.indexOf('.') + 1);
  const ofRecord = org.stream.flatMap(({ at: moment, changes }) => changes.map((one) => ({ ...one, at: moment })));
  const times =
    key === 'sellfire'
      ? dialer.feed
          .after(0, Infinity)
          .filter((one) => one.lead_id === id && one.changes[name])
          .map((one) => Date.parse(one.occurred_at))
      : ofRecord
          .filter(
            (one) => one.recordId === id && one.fields[field] !== undefined && one.at > linkedAt(simulation, link, id),
          )
          .map((one) => one.at);
  const isFollowed = isOrderly(simulation, link) && wasAlwaysMapped(simulation, link, name, key);
  const wasUndeleted = ofRecord.some((one) => one.recordId === id && one.kind === 'undelete');
  const last = times.at(-1) ?? 0;
  const isSeen = isFollowed && !wasUndeleted && at !== undefined;
  const isKnown = register !== undefined && JSON.stringify(lastKnown) === JSON.stringify(register.value);
  return [
    ...(isAwaiting && awaited.length > 0 && isFollowed ? [`that awaits the event of a write`] : []),
    ...(isSeen && at < last - (last % SECOND) ? [`as of ${at}, though it changed at ${last}`] : []),
    ...(targetVersion === version && delivered < version && !refused && !isKnown && version > 0 && isSeen
      ? ['that is still to be written']
      : []),
    ...(Math.max(targetVersion, delivered, confirmed) > version ? ['ahead of its time'] : []),
  ];
}

/** M14, M29, M35: what is planned with the lead, its last Task, and what sales have made. */
function workOf(
  { dialer, org, unreadable, lossy, calm }: Simulation,
  { leadId, planned = {}, noted = [], lastTask, made = {}, ended }: Link,
): string[] {
  const lead = dialer.leads.find(leadId);
  const isTold = !ended && lead?.deleted_at === null && unreadable.length === 0 && !lossy && calm;
  const times = dialer.schedule
    .planned(leadId)
    .filter(({ specific_time, kind }) => specific_time || kind !== 'callback')
    .map(({ id, start_time }) => [id, Date.parse(start_time)] as const);
  const isKnown = times.every(([id, at]) => planned[id] === at);
  const task = lastTask && org.records.get(lastTask.id);
  return [
    ...(noted.length > 0 ? [`notes ${noted.join(', ')} still`] : []),
    ...(isTold && !isKnown ? [`plans ${JSON.stringify(planned)}, and Sellfire ${JSON.stringify(times)}`] : []),
    ...(lastTask && (task?.object !== 'Task' || task.modifiedBy !== BRIDGE_USER)
      ? [`has ${lastTask.id} for a Task`]
      : []),
    ...Object.values(made)
      .filter((id) => !org.records.has(id))
      .map((id) => `has made ${id}, which never was`),
  ];
}
