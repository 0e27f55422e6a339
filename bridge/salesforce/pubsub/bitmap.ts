// The field lists of a change event's header: which fields an update changed or emptied. Read wrongly, a change is lost or a
// field is emptied that nobody touched.
// Source: Pub/Sub API guide, "Event Deserialization Considerations".

export interface FieldPositions {
  /** Avro positions in the event's record. */
  top: Set<number>;
  /** Position of a compound → positions inside it. */
  nested: Map<number, Set<number>>;
}

/**
 * `["0x400000", "4-0x01"]`: bit 22 of the record, and bit 0 of the compound at position 4. The lowest bit is the last digit's.
 * @throws RangeError on anything else
 */
export function fieldPositions(list: readonly string[]): FieldPositions {
  const positions: FieldPositions = { top: new Set(), nested: new Map() };
  for (const entry of list) {
    const match = /^(?:(\d+)-)?0x([0-9a-f]*)$/i.exec(entry);
    if (!match) throw new RangeError(`${JSON.stringify(entry)} is not a list of fields.`);
    const [, parent, hex = ''] = match;
    const bits = bitsOf(hex);
    if (parent === undefined) for (const bit of bits) positions.top.add(bit);
    else positions.nested.set(Number(parent), new Set([...(positions.nested.get(Number(parent)) ?? []), ...bits]));
  }
  return positions;
}

function bitsOf(hex: string): number[] {
  const bits: number[] = [];
  for (let rest = BigInt(`0x0${hex}`), bit = 0; rest > 0n; rest >>= 1n, bit += 1) if (rest & 1n) bits.push(bit);
  return bits;
}
