// Reads the field lists of a change event's header, for the tests: by the words of the API guide, not by our encoder.
import type { Type, types } from 'avsc';

/** `Phone`, `Address.Street` …: bit i, from the right, is field i of the record. */
export function changedNames(type: Type, bitmaps: readonly string[]): string[] {
  const record = type as types.RecordType;
  return bitmaps.flatMap((bitmap) => {
    const [parent, hex] = bitmap.includes('-') ? bitmap.split('-') : [undefined, bitmap];
    const bits = [...BigInt(hex ?? '0x0').toString(2)].reverse();
    if (parent === undefined) return namesAt(record, bits);
    const field = record.fields[Number(parent)];
    const union = field?.type as types.WrappedUnionType | undefined;
    const inner = union?.types.find((branch) => branch.typeName === 'record') as types.RecordType | undefined;
    if (!field || !inner) throw new Error(`There is no compound at ${parent}.`);
    return namesAt(inner, bits).map((name) => `${field.name}.${name}`);
  });
}

function namesAt(record: types.RecordType, bits: readonly string[]): string[] {
  return bits.flatMap((bit, index) => {
    if (bit !== '1') return [];
    const field = record.fields[index];
    if (!field) throw new Error(`There is no field ${index}.`);
    return [field.name];
  });
}
