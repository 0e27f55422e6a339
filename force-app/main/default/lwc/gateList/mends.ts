// Where a mend is, and what the button that leads there says.
import HOME from '@salesforce/label/c.Why_Open_Home';
import LEAD from '@salesforce/label/c.Why_Open_Lead';
import MAPPINGS from '@salesforce/label/c.Why_Open_Mappings';
import RECORD from '@salesforce/label/c.Why_Open_Record';
import REPORT from '@salesforce/label/c.Why_Open_Report';
import SETTINGS from '@salesforce/label/c.Why_Open_Settings';
import { record, sellfireLead, tab } from 'c/navigate';
import type { Mend } from 'c/whyData';
import type { PageReference } from 'lightning/navigation';

const WORDS: Readonly<Record<Mend['kind'], string>> = {
  home: HOME,
  mappings: MAPPINGS,
  settings: SETTINGS,
  record: RECORD,
  lead: LEAD,
  report: REPORT,
};

export const wordOf = ({ kind }: Mend): string => WORDS[kind];

/** @returns undefined where the address of Sellfire is none that can be followed */
export function pageOf(mend: Mend, sellfireUrl: string): PageReference | undefined {
  switch (mend.kind) {
    case 'home':
      return { type: 'standard__namedPage', attributes: { pageName: 'home' } };
    case 'mappings':
      return tab('Sellfire_Field_Mappings');
    case 'settings':
      return tab('Sellfire_Settings');
    case 'lead':
      return sellfireLead(sellfireUrl, mend.id);
    default:
      return record(mend.id);
  }
}
