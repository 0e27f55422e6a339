// The pages of a list, one after the other: each begins after the last row of the one before.
import { PAGE, type Place, type Report } from 'c/reportData';

export const rowsOf = (reports: readonly Report[]): readonly Report[] => reports.slice(0, PAGE);

/** @param reports with one more than the page has where another follows */
export const isLast = (reports: readonly Report[]): boolean => reports.length <= PAGE;

/** @returns the places of the page that follows; the same where there is no row to follow */
export function placesAfter(places: readonly Place[], reports: readonly Report[]): readonly Place[] {
  const last = rowsOf(reports).at(-1);
  return last ? [...places, { id: last.id, occurredAt: last.occurredAt }] : places;
}

export const placesBefore = (places: readonly Place[]): readonly Place[] => places.slice(0, -1);
