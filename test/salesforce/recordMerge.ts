// Merging records of one object: the others' children move to the one that stays, the others are deleted and name it.
// Only the API's rules are here; which values survive is the client's to say.
// Source: SOAP API Developer Guide, "merge()".
import { PlatformError, type ObjectDef, type Row } from './model.ts';
import type { Records } from './records.ts';
import type { SaveSession } from './saveSession.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';

const MERGEABLE = new Set(['Account', 'Contact', 'Lead']);
/** Three with the one that stays, as in the user interface. */
const MOST_LOSERS = 2;
/** More children than this org will hold. */
const ALL = 1_000_000;

export interface MergeParts {
  schema: Schema;
  tables: Tables;
  records: Records;
}

/** @returns ids of the records that refer to the master now. Their move is no save of theirs and has no event. */
export function mergeRecords(
  { schema, tables, records }: MergeParts,
  session: SaveSession,
  name: string,
  master: string,
  losers: readonly string[],
  fields: Row,
): string[] {
  const object = schema.object(name);
  if (!MERGEABLE.has(object.name)) throw new PlatformError('MERGE_FAILED', `Merging ${object.label} is not supported`);
  if (losers.length === 0 || losers.length > MOST_LOSERS) {
    throw new PlatformError('MERGE_FAILED', `A merge takes one or ${MOST_LOSERS} records besides the master record`);
  }
  if (new Set([master, ...losers]).size !== losers.length + 1) {
    throw new PlatformError('DUPLICATE_VALUE', 'A record cannot be merged with itself');
  }
  for (const id of [master, ...losers]) checkMergeable(object, tables.read(object, id));
  const moved = losers.flatMap((loser) => moveChildren(object, loser));
  for (const loser of losers) {
    tables.update(object, loser, { MasterRecordId: master });
    records.remove(session, object.name, loser);
  }
  records.update(session, object.name, master, fields);
  return [...new Set(moved)];

  function moveChildren(to: ObjectDef, loser: string): string[] {
    const ids: string[] = [];
    for (const child of schema.objects()) {
      if (child.kind !== 'record') continue;
      for (const field of child.fields.values()) {
        if (!field.referenceTo.includes(to.name) || field.name === 'MasterRecordId') continue;
        for (const row of tables.find(child, { [field.name]: loser }, ALL)) {
          const id = String(row['Id']);
          // In a hierarchy the master cannot become its own parent.
          tables.update(child, id, { [field.name]: id === master ? null : master });
          if (id !== master && !losers.includes(id)) ids.push(id);
        }
      }
    }
    return ids;
  }
}

function checkMergeable(object: ObjectDef, row: Row | undefined): void {
  if (!row) throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { status: 404 });
  if (row['IsDeleted'] === true) throw new PlatformError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
  if (object.name === 'Lead' && row['IsConverted'] === true) {
    throw new PlatformError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
}
