// Every write of the bridge stands in the report as it was made (M31, B2): as often, with what stood there before it, and with who made the edit
// that it carries.
import type { Evidence, Row } from './evidence.ts';
import { isSame } from './journal.ts';
import { agree, isSameInSellfire } from './types.ts';

type Change = Row['changes'][number];

/** A value that somebody gave a field, in the order of the writes. */
interface Given {
  value: unknown;
  isOurs: boolean;
  isNew: boolean;
  /** Whatever the field had held until then. */
  held: readonly unknown[];
}

/** A field of a record, or of a lead. */
interface Place {
  id: string;
  field: string;
  object: string;
  given: Given[];
  isSame: (one: unknown, other: unknown) => boolean;
}

/** The values that a lead or a record has from its creation on: the first phase, a box that is not ticked. */
const GIVEN = ['ColdCallCold', 'false', 'null', ''];
const UPDATES = ['LeadUpdated', 'PhaseChange', 'OwnerChange'];

export function auditCarried(evidence: Evidence): string[] {
  const written = evidence.rows.filter(({ outcome }) => outcome === 'Success');
  const empty = written.filter(({ event, changes }) => event === 'LeadUpdated' && changes.length === 0);
  const places = new Map([...placesInSalesforce(evidence), ...placesInSellfire(evidence)]);
  const reported = Map.groupBy(
    written.flatMap((row) => row.changes.map((change) => ({ row, change }))),
    ({ row, change }) => `${String(placeOf(row))} ${change.field}`,
  );
  return [
    ...editors(evidence),
    ...empty.map(({ salesforceRecordId: id }) => `M31: a row says that ${String(id)} was updated, and not what.`),
    ...[...places].flatMap(([name, place]) => {
      const mine = reported.get(name) ?? [];
      const ofUpdates = mine.filter(({ row }) => UPDATES.includes(row.event));
      const ofBirth = mine.filter(({ row }) => row.event === 'LeadCreated').map(({ change }) => change);
      return [
        ...(evidence.calm && !isPutBack(evidence, place)
          ? counted(
              name,
              place,
              false,
              ofUpdates.map(({ change }) => change),
            )
          : []),
        ...(evidence.calm ? counted(name, place, true, ofBirth) : []),
      ];
    }),
  ];
}

const placeOf = ({ direction, salesforceRecordId, sellfireLeadId }: Row): string | null =>
  direction === 'ToSalesforce' ? salesforceRecordId : sellfireLeadId;

function counted(name: string, { given, isSame: same }: Place, isNew: boolean, reported: readonly Change[]): string[] {
  const left = [...reported];
  const problems: string[] = [];
  for (const { value, held } of given.filter((one) => one.isOurs && one.isNew === isNew)) {
    // A row of what may have stood there says no value before it: the one that does is that of the write.
    const isOf = ({ after, before }: Change): boolean =>
      same(after, value) && before !== undefined && (isSame(before, null) || held.some((one) => same(before, one)));
    // A write of what stood there already has a row as well, and is in no journal.
    const changed = left.findIndex((change) => isOf(change) && isSame(change.before, held.at(-1) ?? null));
    const known = changed >= 0 ? changed : left.findIndex(isOf);
    const index = known >= 0 ? known : left.findIndex((change) => same(change.after, value));
    const [change] = index < 0 ? [] : left.splice(index, 1);
    // What nobody gives a new lead or record, the system gives it.
    if (!change && isNew && GIVEN.includes(String(value))) continue;
    if (!change) {
      problems.push(`M31: ${name} became ${String(value)}, once more than rows say.`);
      continue;
    }
    const { before } = change;
    if (before !== undefined && !isSame(before, null) && !held.some((one) => same(before, one)))
      problems.push(`B2: a row says that ${name} was ${String(before)} before it became ${String(value)}.`);
  }
  // Where somebody else has written the same meanwhile, or the source has come back to it, the write has changed nothing; nor has one that is made
  // again for an event that comes late (I14), which has a row of its own.
  const isAgain = (change: Change): boolean =>
    reported.some((one) => one !== change && same(one.after, change.after) && isSame(one.before, change.before));
  const others = left.filter((one) => one.before !== undefined && !same(one.before, one.after) && !isAgain(one));
  const beside = given.filter((one) => !one.isOurs && others.some((change) => same(change.after, one.value)));
  return others.length <= beside.length
    ? problems
    : [
        ...problems,
        ...others.map(({ after }) => `M31: a row says that ${name} became ${String(after)}, once more than it did.`),
      ];
}

/** A phase that Sellfire does not accept is put back, once for every event that shows it (M15). */
function isPutBack({ rows, mappings }: Evidence, { id, field, object }: Place): boolean {
  const names = [
    field,
    ...mappings
      .filter((one) => one.salesforceObject === object && one.salesforceField === field)
      .map((one) => one.sellfireField),
  ];
  return rows.some(
    (row) =>
      row.code === 'PHASE_REFUSED' &&
      row.salesforceRecordId === id &&
      row.changes.some((one) => names.includes(one.field)),
  );
}

/** Edits of people after which it is no chance that no row says who has made one: a record that is read does not say it. */
const SEVERAL = 3;

/** Who made an edit works in the system in which it was made; and rows of the moment of an edit say who. */
function editors(evidence: Evidence): string[] {
  const { events, commits, bridgeUser, exact, mappings } = evidence;
  const reported = evidence.rows
    .filter(({ outcome, event }) => outcome === 'Success' && UPDATES.includes(event))
    .flatMap((row) => row.changes.map((change) => ({ row, change })));
  const isKnown = ({ side, id }: NonNullable<Change['by']>): boolean =>
    side === 'sellfire'
      ? events.some(({ actor }) => [actor.id, actor.kind].includes(id))
      : id !== bridgeUser && commits.some(({ changes }) => changes.some(({ user }) => user === id));
  const wrong = reported.flatMap(({ change: { by, field } }) =>
    by && !isKnown(by) ? [`B2: a row says that ${by.id} of ${by.side} has set ${field}.`] : [],
  );
  const isOfEdit = ({ row, change }: (typeof reported)[number]): boolean =>
    row.direction === 'ToSellfire' &&
    commits.some(
      ({ at, changes }) =>
        at === row.occurredAt &&
        changes.some(
          ({ kind, user, object, fields }) =>
            kind === 'update' &&
            user !== bridgeUser &&
            mappings.some(
              (one) =>
                one.sellfireField === change.field &&
                one.salesforceObject === object &&
                fields[one.salesforceField] !== undefined,
            ),
        ),
    );
  const ofEdits = exact ? reported.filter(isOfEdit) : [];
  const isAnonymous = ofEdits.length >= SEVERAL && ofEdits.every(({ change }) => !change.by);
  return isAnonymous ? [...wrong, `B2: of ${ofEdits.length} edits of people no row says whose.`] : wrong;
}

/** Mapped fields of Leads and Contacts, but what a demo or a sale has written. */
function placesInSalesforce(evidence: Evidence): Map<string, Place> {
  const { commits, mappings, graphs, bridgeUser, automated } = evidence;
  const mapped = new Set(
    mappings
      .filter(({ triggers }) => triggers.includes('createUpdate'))
      .map((one) => `${one.salesforceObject}.${one.salesforceField}`),
  );
  const ofDeals = new Set(graphs.map((one) => one.commits));
  const places = new Map<string, Place>();
  for (const [index, { changes }] of commits.entries())
    for (const { recordId: id, object, kind, user, fields } of changes)
      for (const [field, value] of Object.entries(fields)) {
        if (!mapped.has(`${object}.${field}`) || automated.some((one) => one.recordId === id && one.field === field))
          continue;
        const name = `${id} ${field}`;
        const place = places.get(name) ?? { id, field, object, given: [], isSame: sameIn(evidence, object, field) };
        places.set(name, place);
        const isOurs = user === bridgeUser && !ofDeals.has(index) && (kind === 'update' || kind === 'create');
        const held = place.given.map((one) => one.value);
        place.given.push({ value, isOurs, isNew: kind === 'create', held });
      }
  return places;
}

function sameIn(evidence: Evidence, object: string, field: string): Place['isSame'] {
  const mappings = evidence.mappings.filter((one) => one.salesforceObject === object && one.salesforceField === field);
  return (one, other) => isSame(one, other) || mappings.some((mapping) => agree(evidence, mapping, one, other));
}

function placesInSellfire(evidence: Evidence): Map<string, Place> {
  const { events, mappings } = evidence;
  const names = new Set(mappings.map((one) => one.sellfireField));
  const places = new Map<string, Place>();
  for (const { actor, type, lead_id: id, changes } of events)
    for (const [field, { from, to }] of Object.entries(changes)) {
      if (id === null || !names.has(field)) continue;
      const name = `${id} ${field}`;
      const same: Place['isSame'] = (one, other) => isSameInSellfire(evidence, field, one, other);
      const place = places.get(name) ?? { id, field, object: 'lead', given: [], isSame: same };
      places.set(name, place);
      const held = [...place.given.map((one) => one.value), from];
      place.given.push({
        value: to,
        isOurs: actor.kind === 'api',
        isNew: type === 'lead.created',
        held,
      });
    }
  return places;
}
