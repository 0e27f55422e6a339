// What follows from an object's fields – which are required, which have defaults – is worked out once and kept until the
// object changes: a save would otherwise look at every field again for every question.
import type { ObjectDef } from './model.ts';
import type { Schema } from './schema.ts';

/** @returns `make`, which is asked again for an object only after a field of it was added, replaced or removed */
export function perObject<T>(schema: Schema, make: (object: ObjectDef) => T): (object: ObjectDef) => T {
  const made = new Map<ObjectDef, T>();
  schema.onChange({
    defined: (object) => void made.delete(object),
    fieldAdded: (object) => void made.delete(object),
  });
  return (object) => {
    const ready = made.get(object);
    if (ready !== undefined) return ready;
    const fresh = make(object);
    made.set(object, fresh);
    return fresh;
  };
}
