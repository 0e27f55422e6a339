// A label with its places filled, and the one that fits a number. Names come from people: they are text, never markup, and one that is written from right to
// left keeps the sentence around it in order.

/** Letters of scripts that run from right to left (Unicode bidirectional classes R and AL). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069'];

function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text;
}

/** @param label `{0} holds {1} characters`; a place that has no value stays as it is written */
export function fill(label: string, ...values: readonly (string | number)[]): string {
  return label.replace(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? place : isolated(typeof value === 'number' ? value.toLocaleString() : value);
  });
}

/**
 * @param one the label for 1, `many` for any other number; the number is the value of the first place
 * @param more values of the other places
 */
export function counted(count: number, one: string, many: string, ...more: readonly (string | number)[]): string {
  return fill(count === 1 ? one : many, count, ...more);
}
