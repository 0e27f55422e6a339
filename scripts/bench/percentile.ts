// The percentiles of what a benchmark measured, by the nearest rank: each is a value that was measured.

/** @param share 0.5 is the median. Of the sorted values, the first that at least this share does not exceed. @throws RangeError without values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There is nothing to take a percentile of.');
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
