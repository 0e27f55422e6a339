// What a rep asks first of a record: which cycle, whose lead, when the next event is, and whether a call may be recorded (M35).
// A fact that nobody fills, or that the reader may not see, says so.
import CONSENT from '@salesforce/label/c.Panel_Consent';
import CONSENT_NOTE from '@salesforce/label/c.Panel_Consent_Note';
import CYCLE from '@salesforce/label/c.Panel_Cycle';
import EVENT from '@salesforce/label/c.Panel_Event';
import EVENT_PAST from '@salesforce/label/c.Panel_Event_Past';
import HIDDEN from '@salesforce/label/c.Panel_Hidden';
import NONE from '@salesforce/label/c.Panel_None';
import OWNER from '@salesforce/label/c.Panel_Owner';
import UNMAPPED from '@salesforce/label/c.Panel_Unmapped';
import { consentOf } from 'c/consent';
import { exact, number } from 'c/format';
import { fill } from 'c/labels';
import type { Fact, PanelRecord } from 'c/recordData';
import { api, LightningElement } from 'lwc';

interface Row {
  key: string;
  label: string;
  text: string;
  /** Of the rep whose name stands in place of the text; or blank. */
  repId: string;
  note: string;
  isWarning: boolean;
}

export default class RecordFacts extends LightningElement {
  @api record: PanelRecord | undefined;
  /** An Account has no owner among the reps: its people have. */
  @api hideOwner = false;

  get rows(): Row[] {
    const { record } = this;
    if (!record) return [];
    const fact = (key: Fact, label: string, text: string): Row => ({
      ...{ key, label, repId: '', note: '', isWarning: false },
      text: text || absence(record, key),
    });
    return [
      ...(record.leadId
        ? [
            fact('cycle', CYCLE, record.cycle === undefined ? '' : number(record.cycle)),
            ...(this.hideOwner ? [] : [{ ...fact('rep', OWNER, record.repId), repId: record.repId }]),
            fact('nextEvent', EVENT, eventText(record.nextEventAt)),
          ]
        : []),
      consentRow(record),
    ];
  }
}

/** Why there is nothing. */
function absence({ hidden, unmapped }: PanelRecord, fact: Fact): string {
  if (hidden.has(fact)) return HIDDEN;
  return unmapped.has(fact) ? UNMAPPED : NONE;
}

function eventText(at: string): string {
  const isPast = Date.parse(at) < Date.now();
  return isPast ? fill(EVENT_PAST, exact(at)) : exact(at);
}

function consentRow({ consent: kept, state, country, hidden }: PanelRecord): Row {
  const isHidden = hidden.has('state') && kept === '';
  const { rule, sentence } = consentOf({ kept, state, country });
  return {
    key: 'consent',
    label: CONSENT,
    repId: '',
    text: isHidden ? HIDDEN : sentence,
    note: rule === 'unknown' ? '' : CONSENT_NOTE,
    isWarning: rule === 'AllParties',
  };
}
