// Avro schemas of events, by schema id: fetched when an event names one that is not known, once however many ask, and kept
// for good, since an id's schema never changes. Field positions are those of the schema, never assumed.
import { status } from '@grpc/grpc-js';
import avsc from 'avsc';
import pRetry from 'p-retry';
import { z } from 'zod';
import { isServiceError } from './streamFaults.ts';

/**
 * 64-bit integers that a double cannot hold come as bigint (commitNumber is one); all others as numbers, which is what
 * times are.
 */
const long = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => {
    const value = buffer.readBigInt64LE();
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  },
  toBuffer: (value: number | bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: (value: number | string) => BigInt(value),
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
  compare: (a: number | bigint, b: number | bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

export interface SchemaField {
  name: string;
  /** `Data:DateTime`, `Data:Address` …: the platform's own type of the field. */
  doc: string;
  /** Names of a compound's parts, in order; absent for a plain field. */
  parts?: string[];
}

export interface EventSchema {
  id: string;
  /** `LeadChangeEvent`, `Configuration_Changed__e`. */
  name: string;
  fields: SchemaField[];
  /** @throws Error when the payload is not of this schema */
  decode(payload: Buffer): Record<string, unknown>;
  /** Decodes only the first field, the header of a change event, which a broken payload may still contain. @throws Error */
  decodeFirst(payload: Buffer): unknown;
  /** @throws Error when the value does not fit */
  encode(value: Record<string, unknown>): Buffer;
}

const partsSchema = z.object({
  type: z.literal('record'),
  name: z.string(),
  fields: z.array(z.object({ name: z.string() })),
});
const recordSchema = z.object({
  name: z.string(),
  fields: z.array(z.object({ name: z.string(), type: z.unknown(), doc: z.string().default('') })),
});

/** @throws Error when the text is not an Avro record */
export function compileSchema(id: string, json: string): EventSchema {
  const parsed: unknown = JSON.parse(json);
  const record = recordSchema.parse(parsed);
  // The registry is filled while compiling: each schema has its own, as two of them may name the same record differently.
  const type = avsc.Type.forSchema(parsed as avsc.Schema, { registry: { long } });
  if (!(type instanceof avsc.types.RecordType)) throw new Error(`Schema ${id} is not a record.`);
  const first = type.fields[0]?.type;
  const compounds = new Map<string, string[]>();
  return {
    id,
    name: record.name,
    fields: record.fields.map(({ name, type: fieldType, doc }) => {
      const parts = partsOf(fieldType, compounds);
      return { name, doc, ...(parts ? { parts } : {}) };
    }),
    decode: (payload) => type.fromBuffer(payload) as Record<string, unknown>,
    decodeFirst: (payload) => first?.decode(payload, 0).value,
    encode: (value) => type.toBuffer(value),
  };
}

/** A compound is written out where it first stands, and named afterwards. */
function partsOf(type: unknown, compounds: Map<string, string[]>): string[] | undefined {
  for (const branch of Array.isArray(type) ? type : [type]) {
    const record = partsSchema.safeParse(branch);
    if (record.success)
      compounds.set(
        record.data.name,
        record.data.fields.map(({ name }) => name),
      );
    const name = record.success ? record.data.name : typeof branch === 'string' ? branch.split('.').at(-1) : undefined;
    const parts = name === undefined ? undefined : compounds.get(name);
    if (parts) return parts;
  }
  return undefined;
}

/** No later try will bring the schema: the peer does not have it, or what it gave is no schema. */
export class SchemaError extends Error {
  constructor(id: string, cause: unknown) {
    super(`The schema ${id} cannot be had: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'SchemaError';
  }
}

export interface Schemas {
  /** @param fetch asks the peer for the schema's text. @throws SchemaError; else what `fetch` threw last */
  get(id: string, fetch: (id: string) => Promise<string>): Promise<EventSchema>;
}

/** How long a schema that cannot be had is not asked for again: its events would else wait for it one by one. */
const FORGET_MS = 60_000;

export function createSchemas(): Schemas {
  const known = new Map<string, Promise<EventSchema>>();

  async function load(id: string, fetch: (id: string) => Promise<string>): Promise<EventSchema> {
    let json;
    try {
      json = await pRetry(() => fetch(id), {
        retries: 4,
        minTimeout: 200,
        randomize: true,
        // A schema a moment old is not known on every host of the platform yet: about a second is given to that.
        shouldRetry: ({ error, attemptNumber }) => !isUnknown(error) || attemptNumber < 3,
      });
    } catch (error) {
      throw isUnknown(error) ? new SchemaError(id, error) : error;
    }
    try {
      return compileSchema(id, json);
    } catch (error) {
      throw new SchemaError(id, error);
    }
  }

  return {
    get(id, fetch) {
      const kept = known.get(id);
      if (kept) return kept;
      const queued = load(id, fetch);
      known.set(id, queued);
      queued.catch((error: unknown) => {
        if (error instanceof SchemaError) setTimeout(() => known.delete(id), FORGET_MS).unref();
        else known.delete(id);
      });
      return queued;
    },
  };
}

const isUnknown = (error: unknown): boolean =>
  isServiceError(error) && (error.code === status.NOT_FOUND || error.code === status.INVALID_ARGUMENT);
