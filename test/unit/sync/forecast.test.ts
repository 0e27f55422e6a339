// The forecast of an allocation extends the pace of the last hours to the end of the org's day (B30).
import { expect, it } from '@jest/globals';
import { forecast } from '../../../bridge/sync/forecast.ts';

/** 18:00 in New York, six hours before its day ends; 22:00 UTC. */
const EVENING = Date.parse('2026-06-01T22:00:00Z');

it('extends the pace of the last three hours to midnight in the zone of the org', () => {
  expect(forecast(1_000, [100, 100, 100, 0], EVENING, 'America/New_York')).toBe(1_600);
  expect(forecast(1_000, [100, 100, 100, 0], EVENING, 'UTC')).toBe(1_200);
});

it('counts a day of 23 hours as such, when clocks go forward', () => {
  const midnight = Date.parse('2026-03-08T05:00:00Z');
  expect(forecast(0, [10, 10, 10, 0], midnight, 'America/New_York')).toBe(230);
});

it('is never less than the present use, and takes an unknown zone as UTC', () => {
  expect(forecast(70, [0, 0, 0, 0], EVENING, 'America/New_York')).toBe(70);
  expect(forecast(0, [60, 60, 60, 0], EVENING, 'Nowhere/None')).toBe(120);
});
