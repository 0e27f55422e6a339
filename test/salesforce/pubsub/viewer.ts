// What a subscriber may see. Events of objects without his View All right are withheld without notice; a field that he
// may not read is absent from the others.
// Source: Change Data Capture Developer Guide, "Required Permissions for Receiving Change Events".
import type { UserAccess } from '../access.ts';
import type { EncodedEvent, EventBus } from './bus.ts';
import type { EventsOrg } from './org.ts';
import type { EventSchema } from './schemas.ts';

export interface Viewer {
  /** May subscribe to events of this object alone. */
  sees(object: string): boolean;
  /** The event as he gets it, or undefined where he gets none. */
  visible(event: EncodedEvent): EncodedEvent | undefined;
}

type Header = Record<'changedFields' | 'nulledFields' | 'diffFields', string[]>;
const LISTS = ['changedFields', 'nulledFields', 'diffFields'] as const;

export function viewerOf(org: EventsOrg, bus: EventBus, userId: string): Viewer {
  const hidden = new Map<string, { version: number; fields: EventSchema['fields'] }>();

  const seesWith = (access: UserAccess, name: string): boolean => {
    const object = org.schema.object(name);
    const rights = access.object(object);
    return object.kind === 'platformEvent' ? rights.read : rights.viewAll;
  };

  function hiddenIn(schema: EventSchema, access: UserAccess): EventSchema['fields'] {
    const known = hidden.get(schema.id);
    if (known?.version === org.access.version) return known.fields;
    const object = org.schema.object(schema.object);
    // Field permissions do not apply to platform events.
    const fields =
      object.kind === 'platformEvent'
        ? []
        : schema.fields.filter(({ source }) => source !== undefined && !access.field(object, source).read);
    hidden.set(schema.id, { version: org.access.version, fields });
    return fields;
  }

  return {
    sees: (object) => seesWith(org.access.of(userId), object),
    visible(event) {
      const access = org.access.of(userId);
      if (access.all) return event;
      const schema = bus.schemas.byId(event.schemaId);
      if (!schema || !seesWith(access, schema.object)) return undefined;
      const fields = hiddenIn(schema, access);
      return fields.length === 0 ? event : { ...event, payload: without(schema, event.payload, fields) };
    },
  };
}

function without(schema: EventSchema, payload: Buffer, fields: EventSchema['fields']): Buffer {
  const body = schema.type.fromBuffer(payload) as Record<string, unknown> & { ChangeEventHeader: Header };
  for (const { name } of fields) body[name] = null;
  const header = body.ChangeEventHeader;
  for (const list of LISTS) header[list] = header[list].flatMap((bitmap) => cleared(bitmap, fields));
  return schema.type.toBuffer(body);
}

/** Takes the positions out of a top-level bitmap; nested ones are of compounds, which no permission takes apart. */
function cleared(bitmap: string, fields: EventSchema['fields']): string[] {
  if (!bitmap.startsWith('0x')) return [bitmap];
  let bits = BigInt(bitmap);
  for (const { position } of fields) bits &= ~(1n << BigInt(position));
  if (bits === 0n) return [];
  const hex = bits.toString(16).toUpperCase();
  return [`0x${hex.length % 2 ? '0' : ''}${hex}`];
}
