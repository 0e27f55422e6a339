// The counts of a PreviewStart request, from its JSON.
import type { DirectionCounts } from 'c/startCounts';

export interface StartCounts {
  toSellfire: DirectionCounts;
  toSalesforce: DirectionCounts;
}

/** @returns undefined where either direction is not counted: half of the counts are not what a person must have seen */
export function countsOf(data: unknown): StartCounts | undefined {
  const [toSellfire, toSalesforce] = [directionOf(data, 'toSellfire'), directionOf(data, 'toSalesforce')];
  return toSellfire && toSalesforce ? { toSellfire, toSalesforce } : undefined;
}

function directionOf(data: unknown, name: string): DirectionCounts | undefined {
  const direction = partOf(data, name);
  const [create, update, refused] = ['create', 'update', 'refused'].map((count) => partOf(direction, count));
  if (typeof create !== 'number' || typeof update !== 'number' || typeof refused !== 'number') return undefined;
  const reasons = partOf(direction, 'reasons');
  return { create, update, refused, reasons: Array.isArray(reasons) ? reasons.map(reasonOf) : [] };
}

function reasonOf(reason: unknown): DirectionCounts['reasons'][number] {
  const [code, sentence, count] = ['code', 'sentence', 'count'].map((name) => partOf(reason, name));
  return { code: String(code ?? ''), sentence: String(sentence ?? code ?? ''), count: Number(count ?? 0) };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
