// The header of a change event, field by field: which records changed, how, by whom, in which transaction.
// Source: Change Data Capture Developer Guide, "Change Event Header Fields".
import avsc from 'avsc';

export type EventChangeType =
  | 'CREATE'
  | 'UPDATE'
  | 'DELETE'
  | 'UNDELETE'
  | 'GAP_CREATE'
  | 'GAP_UPDATE'
  | 'GAP_DELETE'
  | 'GAP_UNDELETE'
  | 'GAP_OVERFLOW';

export interface ChangeEventHeader {
  entityName: string;
  recordIds: string[];
  changeType: EventChangeType;
  changeOrigin: string;
  transactionKey: string;
  /** From 1 in each transaction; has gaps where some of its changes are of objects that nobody selected. */
  sequenceNumber: number;
  /** ms since the epoch. */
  commitTimestamp: number;
  commitNumber: bigint;
  commitUser: string;
  /** Bitmaps, see bitmap.ts. */
  nulledFields: string[];
  diffFields: string[];
  changedFields: string[];
}

const strings = { type: 'array', items: 'string' };

const CHANGE_TYPES: (EventChangeType | 'SNAPSHOT')[] = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'UNDELETE',
  'GAP_CREATE',
  'GAP_UPDATE',
  'GAP_DELETE',
  'GAP_UNDELETE',
  'GAP_OVERFLOW',
  'SNAPSHOT',
];

/** The header's Avro record; `commitNumber` is the type of that one field. */
const headerRecord = (commitNumber: unknown): object => ({
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: strings },
    { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: CHANGE_TYPES } },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: commitNumber },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: strings },
    { name: 'diffFields', type: strings },
    { name: 'changedFields', type: strings },
  ],
});

/** A double cannot hold a commit number exactly, so it is a bigint on this side. */
const bigLong = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

/** As clients get the schema. */
export const PUBLISHED_HEADER = headerRecord('long');
/** As this side encodes: the same bytes, from a bigint. */
export const ENCODED_HEADER = headerRecord(bigLong);
