// The 14 phases of a sales cycle (M15) as people speak of them: the step of the cycle that each belongs to, and what it means.
import C1 from '@salesforce/label/c.Panel_Phase_ColdCallCold';
import C2 from '@salesforce/label/c.Panel_Phase_ColdCallWorkingNum';
import C3 from '@salesforce/label/c.Panel_Phase_ColdCallNDM';
import C4 from '@salesforce/label/c.Panel_Phase_ColdCallDM';
import SET from '@salesforce/label/c.Panel_Phase_HeldPhase';
import NOT_HELD from '@salesforce/label/c.Panel_Phase_Not_Held';
import HELD from '@salesforce/label/c.Panel_Phase_PostHoldPhase';
import RESTING_COLD from '@salesforce/label/c.Panel_Phase_RestingColdCall';
import LONG_RESTING_COLD from '@salesforce/label/c.Panel_Phase_LongRestingColdCall';
import RESTING from '@salesforce/label/c.Panel_Phase_Resting';
import LONG_RESTING from '@salesforce/label/c.Panel_Phase_LongResting';
import RETIRED_COLD from '@salesforce/label/c.Panel_Phase_RetiredColdCall';
import RETIRED from '@salesforce/label/c.Panel_Phase_Retired';
import CUSTOMER from '@salesforce/label/c.Panel_Phase_Customer';
import STEP_CALLS from '@salesforce/label/c.Panel_Step_Calls';
import STEP_CUSTOMER from '@salesforce/label/c.Panel_Step_Customer';
import STEP_HELD from '@salesforce/label/c.Panel_Step_Held';
import STEP_RESTING from '@salesforce/label/c.Panel_Step_Resting';
import STEP_RETIRED from '@salesforce/label/c.Panel_Step_Retired';
import STEP_SET from '@salesforce/label/c.Panel_Step_Set';

export interface Step {
  label: string;
  state: 'past' | 'now' | 'ahead';
}

interface Phase {
  meaning: string;
  /** Place among the steps; the fourth ends the cycle. */
  step: 0 | 1 | 2 | 3;
  /** What the cycle ended in. */
  end?: string;
  /** Steps that were certainly taken before the cycle ended. */
  taken?: number;
}

const PHASES: Readonly<Record<string, Phase>> = {
  ColdCallCold: { meaning: C1, step: 0 },
  ColdCallWorkingNum: { meaning: C2, step: 0 },
  ColdCallNDM: { meaning: C3, step: 0 },
  ColdCallDM: { meaning: C4, step: 0 },
  HeldPhase: { meaning: SET, step: 1 },
  PostInitialHelPhaseDemoNotHeld: { meaning: NOT_HELD, step: 1 },
  PostHoldPhase: { meaning: HELD, step: 2 },
  RestingColdCall: { meaning: RESTING_COLD, step: 3, end: STEP_RESTING, taken: 1 },
  LongRestingColdCall: { meaning: LONG_RESTING_COLD, step: 3, end: STEP_RESTING, taken: 1 },
  Resting: { meaning: RESTING, step: 3, end: STEP_RESTING, taken: 1 },
  LongResting: { meaning: LONG_RESTING, step: 3, end: STEP_RESTING, taken: 3 },
  RetiredColdCall: { meaning: RETIRED_COLD, step: 3, end: STEP_RETIRED, taken: 1 },
  Retired: { meaning: RETIRED, step: 3, end: STEP_RETIRED, taken: 1 },
  Customer: { meaning: CUSTOMER, step: 3, end: STEP_CUSTOMER, taken: 3 },
};

/** @returns undefined for a phase that this version of the package does not know */
export const meaningOf = (phase: string): string | undefined => PHASES[phase]?.meaning;

/** The cycle as a path; none for an unknown phase. A step that an ended cycle left out is not on it. */
export function stepsOf(phase: string): Step[] {
  const known = PHASES[phase];
  if (!known) return [];
  const labels = [STEP_CALLS, STEP_SET, STEP_HELD, known.end ?? STEP_CUSTOMER];
  return labels
    .map((label, index): Step => ({
      label,
      state: index === known.step ? 'now' : index < known.step ? 'past' : 'ahead',
    }))
    .filter((_step, index) => index === 3 || index < (known.taken ?? labels.length));
}
