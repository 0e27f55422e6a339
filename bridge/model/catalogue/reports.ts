// Codes for the bridge's decisions about one lead or record, used in report rows.
import { CREATION } from './creationReports.ts';
import type { Entry } from './entry.ts';
import { LINK } from './linkReports.ts';
import { SALE } from './saleReports.ts';
import { VALUES } from './valueReports.ts';

/** Parked changes. */
const PARKED = {
  POISON: {
    title: 'Change put aside',
    places: ['report', 'error'],
    outcomes: ['Failed'],
    sentence: 'The changes of {key} could not be worked on: {message}.',
    action: 'Report it with the log around it; the changes are kept.',
  },
  EVENT_UNREADABLE: {
    title: 'Event of Sellfire set aside',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Event {sequence} of Sellfire ({type}) is not what the contract says (at {where}), so it was set aside; the lead that it names, if any, was read again.',
    action: 'Correct it in Sellfire, or install the version of the bridge that knows it, then repush this row.',
  },
  CHANGE_UNREADABLE: {
    title: 'Change of another version',
    places: ['error'],
    sentence: 'This version of the bridge cannot read the change: {message}',
    action: 'Start the version of the bridge that received it.',
  },
} as const satisfies Record<string, Entry>;

export const REPORT_CHAPTERS = {
  'Creating and finding': CREATION,
  'Values, phases and owners': VALUES,
  'The link of a lead with its records': LINK,
  'Demos and sales': SALE,
  'Changes that were put aside': PARKED,
};
export const REPORT_CODES = { ...CREATION, ...VALUES, ...LINK, ...SALE, ...PARKED };
