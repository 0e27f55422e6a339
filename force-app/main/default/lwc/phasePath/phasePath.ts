// Where a business stands in its sales cycle: the steps before, now and ahead as a path, and the phase in words (M15, M35).
import AHEAD from '@salesforce/label/c.Panel_Path_Ahead';
import NOW from '@salesforce/label/c.Panel_Path_Now';
import PAST from '@salesforce/label/c.Panel_Path_Past';
import PATH from '@salesforce/label/c.Panel_Path';
import { meaningOf, stepsOf, type Step } from 'c/phases';
import { api, LightningElement } from 'lwc';

const LOOKS: Readonly<Record<Step['state'], { word: string; icon: string }>> = {
  past: { word: PAST, icon: 'utility:check' },
  now: { word: NOW, icon: 'utility:record' },
  ahead: { word: AHEAD, icon: 'utility:routing_offline' },
};

export default class PhasePath extends LightningElement {
  /** As the picklist has it: `HeldPhase`. */
  @api phase = '';

  labels = { PATH };

  get steps(): { label: string; word: string; icon: string; current: string | undefined; className: string }[] {
    return stepsOf(this.phase).map(({ label, state }) => ({
      ...LOOKS[state],
      label,
      current: state === 'now' ? 'step' : undefined,
      className: `step ${state}`,
    }));
  }

  get hasSteps(): boolean {
    return this.steps.length > 0;
  }

  /** A phase that a later version brings stands under its own name. */
  get meaning(): string {
    return meaningOf(this.phase) ?? this.phase;
  }
}
