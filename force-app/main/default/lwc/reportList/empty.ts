// What stands in the place of the table where no report matches, or there is none yet.
import NONE from '@salesforce/label/c.Report_None';
import NONE_HELP from '@salesforce/label/c.Report_None_Help';
import NONE_MATCH from '@salesforce/label/c.Report_None_Match';
import type { ReportFilter } from 'c/reportFilter';

export function emptyTexts(filter: ReportFilter): { heading: string; message: string } {
  const isNarrowed = Object.keys(filter).length > 0;
  return isNarrowed ? { heading: NONE_MATCH, message: '' } : { heading: NONE, message: NONE_HELP };
}
