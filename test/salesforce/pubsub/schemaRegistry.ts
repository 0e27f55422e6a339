// The event schemas of an org: the present one of each entity, and every one that was ever given out, by its id.
import type { ObjectDef } from '../model.ts';
import type { EventsOrg } from './org.ts';
import {
  changeEventName,
  changeEventSchema,
  objectOfChangeEvent,
  platformEventSchema,
  type EventSchema,
} from './schemas.ts';

export class SchemaRegistry {
  private readonly org: EventsOrg;
  private readonly given = new Map<string, EventSchema>();
  /** Made when first asked for; dropped when the object's fields change. */
  private readonly present = new Map<string, EventSchema>();

  constructor(org: EventsOrg) {
    this.org = org;
    const drop = (object: ObjectDef): void => void this.present.delete(entityOf(object));
    org.schema.onChange({ defined: drop, fieldAdded: drop });
  }

  /** The schema that events of this entity have now, or undefined where the org has no such entity. */
  of(entity: string): EventSchema | undefined {
    const known = this.present.get(entity);
    if (known) return known;
    const name = objectOfChangeEvent(entity) ?? entity;
    const object = this.org.schema.find(name);
    // Names are found in any letter case, entities are not.
    if (!object || entityOf(object) !== entity) return undefined;
    const schema = object.kind === 'platformEvent' ? platformEventSchema(object) : changeEventSchema(object);
    this.present.set(entity, schema);
    this.given.set(schema.id, schema);
    return schema;
  }

  /** By an id that was once given; also one that a client kept from an earlier run of an org like this one. */
  byId(id: string): EventSchema | undefined {
    if (!this.given.has(id)) for (const object of this.org.schema.objects()) this.of(entityOf(object));
    return this.given.get(id);
  }
}

function entityOf(object: ObjectDef): string {
  return object.kind === 'platformEvent' ? object.name : changeEventName(object.name);
}
