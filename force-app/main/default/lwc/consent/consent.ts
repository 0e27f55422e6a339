// Whose consent the recording of a call needs, and what that means for who calls. The rule that the org keeps on the record comes
// first; otherwise it is that of the record's state.
import ALL from '@salesforce/label/c.Panel_Consent_All';
import ALL_KEPT from '@salesforce/label/c.Panel_Consent_All_Kept';
import NONE from '@salesforce/label/c.Panel_Consent_None';
import ONE from '@salesforce/label/c.Panel_Consent_One';
import ONE_KEPT from '@salesforce/label/c.Panel_Consent_One_Kept';
import UNKNOWN from '@salesforce/label/c.Panel_Consent_Unknown';
import { fill } from 'c/labels';
import { stateOf } from './states';

export interface Consent {
  rule: 'OneParty' | 'AllParties' | 'unknown';
  sentence: string;
}

/** @param kept `OneParty` or `AllParties` of the record, or blank @param state its code or English name */
export function consentOf({ kept, state, country }: { kept: string; state: string; country: string }): Consent {
  if (kept === 'AllParties') return { rule: kept, sentence: ALL_KEPT };
  if (kept === 'OneParty') return { rule: kept, sentence: ONE_KEPT };
  const known = stateOf(state, country);
  if (known?.asksAll) return { rule: 'AllParties', sentence: fill(ALL, known.name) };
  if (known) return { rule: 'OneParty', sentence: fill(ONE, known.name) };
  return {
    rule: 'unknown',
    sentence: state === '' ? NONE : fill(UNKNOWN, [state, country].filter(Boolean).join(', ')),
  };
}
