// The whole story, in order.
import { BAD_DAYS } from './badDays.ts';
import type { Chapter } from './chapter.ts';
import { CONNECT } from './connect.ts';
import { FIRST_WEEK, FIRST_WEEK_ALONE } from './firstWeek.ts';
import { IMPORT } from './import.ts';
import { KEYBOARD } from './keyboard.ts';
import { MAP } from './map.ts';
import { ODD_FIELDS } from './oddFields.ts';
import { REPS } from './reps.ts';
import { RECORD } from './record.ts';
import { REPORTS } from './reports.ts';
import { START } from './start.ts';
import { ORDERS } from './orders.ts';
import { STEER } from './steer.ts';
import { WHY } from './why.ts';
import { WORK } from './work.ts';

export const CHAPTERS: readonly Chapter[] = [
  CONNECT,
  MAP,
  START,
  WORK,
  STEER,
  ORDERS,
  IMPORT,
  REPORTS,
  REPS,
  RECORD,
  WHY,
  BAD_DAYS,
  ODD_FIELDS,
  KEYBOARD,
  FIRST_WEEK,
];

/** Those that need nothing but a sync that runs. */
export const ALONE: readonly Chapter[] = [
  STEER,
  ORDERS,
  IMPORT,
  REPORTS,
  REPS,
  RECORD,
  WHY,
  FIRST_WEEK_ALONE,
  BAD_DAYS,
  ODD_FIELDS,
  KEYBOARD,
];
