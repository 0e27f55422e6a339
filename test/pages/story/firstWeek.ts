// The whole first week, as an admin and a rep have it: an import of what was there before, a sale, refusals, a rule that breaks ten
// leads, a merge, a number that is taken, an hour of silence, and a day at the record page.
import { BIG_IMPORT } from './bigImport.ts';
import { BIG_SALE } from './bigSale.ts';
import type { Chapter } from './chapter.ts';
import { REP_DAY } from './repDay.ts';
import { REPORTS } from './reports.ts';
import { INCIDENTS } from './incidents.ts';

/** Besides the incident of the chapter Reports, which the whole story has had by then. */
export const FIRST_WEEK: Chapter = {
  name: 'First week',
  steps: [...BIG_IMPORT, ...BIG_SALE, ...INCIDENTS, ...REP_DAY],
};

/** Alone it is the whole week. */
export const FIRST_WEEK_ALONE: Chapter = {
  name: 'First week',
  steps: [...BIG_IMPORT, ...BIG_SALE, ...REPORTS.steps, ...INCIDENTS, ...REP_DAY],
};
