// The header's field lists as the platform writes them: a bitmap over the Avro positions of the event's fields, and one
// more per compound of which only a part is meant. A bit at the wrong place would name another field as changed.
// Source: Pub/Sub API guide, "Event Deserialization Considerations".

/** Positions in the event's record; a compound of which only parts are meant stands in `nested`, not in `top`. */
export interface FieldPositions {
  top: number[];
  /** Position of the compound → positions inside it. */
  nested: Map<number, number[]>;
}

/** `0x` and upper-case hexadecimal of whole bytes, the lowest position in the lowest bit. */
export function bitmapOf(positions: Iterable<number>): string {
  let bits = 0n;
  for (const position of positions) bits |= 1n << BigInt(position);
  const hex = bits.toString(16).toUpperCase();
  return `0x${hex.length % 2 ? '0' : ''}${hex}`;
}

/** The strings of one header field: the top level first (left out when empty), then `<position>-0x…` per compound. */
export function encodeFieldList({ top, nested }: FieldPositions): string[] {
  const list = top.length > 0 ? [bitmapOf(top)] : [];
  for (const [parent, children] of nested) list.push(`${parent}-${bitmapOf(children)}`);
  return list;
}
