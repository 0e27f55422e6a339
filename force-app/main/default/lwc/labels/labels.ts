// Labels with places for numbers and names: a sentence stays one label, so that a translator can order its parts.

/** @param label with `{0}`, `{1}` …; a place without a value stays blank */
export function fill(label: string, ...values: readonly (string | number | undefined)[]): string {
  return label.replace(/\{(\d+)\}/g, (_place, index: string) => String(values[Number(index)] ?? ''));
}

/** `1 lead`, `2 leads`: the label for one, or the one for any other number, with the number in its first place. */
export function counted(count: number, one: string, many: string, display: string = String(count)): string {
  return fill(count === 1 ? one : many, display);
}
