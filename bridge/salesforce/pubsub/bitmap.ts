// The field lists of a change event's header: which fields an update changed or emptied. Read wrongly, a change is lost or a
// field is emptied that nobody touched.
// Source: Pub/Sub API guide, "Event Deserialization Considerations".
import { remembered } from '../../model/remembered.ts';

export interface FieldPositions {
  /** Avro positions in the event's record. */
  top: ReadonlySet<number>;
  /** Position of a compound → positions inside it. */
  nested: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * `["0x400000", "4-0x01"]`: bit 22 of the record, and bit 0 of the compound at position 4. The lowest bit is the last digit's.
 * @throws RangeError on anything else
 */
export const fieldPositions = (list: readonly string[]): FieldPositions => positionsIn(JSON.stringify(list));

/** Those who work in an org change the same few fields again and again. */
const positionsIn = remembered(
  (list: string): FieldPositions => {
    const top = new Set<number>();
    const nested = new Map<number, Set<number>>();
    for (const entry of JSON.parse(list) as string[]) {
      const match = /^(?:(\d+)-)?0x([0-9a-f]*)$/i.exec(entry);
      if (!match) throw new RangeError(`${JSON.stringify(entry)} is not a list of fields.`);
      const [, parent, hex = ''] = match;
      const bits = bitsOf(hex);
      if (parent === undefined) for (const bit of bits) top.add(bit);
      else nested.set(Number(parent), new Set([...(nested.get(Number(parent)) ?? []), ...bits]));
    }
    return { top, nested };
  },
  { limit: 500, longest: 200 },
);

function bitsOf(hex: string): number[] {
  const bits: number[] = [];
  for (let rest = BigInt(`0x0${hex}`), bit = 0; rest > 0n; rest >>= 1n, bit += 1) if (rest & 1n) bits.push(bit);
  return bits;
}
