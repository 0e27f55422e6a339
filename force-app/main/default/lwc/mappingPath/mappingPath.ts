// The path of the mapping editor. Promises that it always says where one is, and leads to every step that can be gone to.
import { api, LightningElement } from 'lwc';
import { isComplete, NEW_DRAFT, STEPS, type Step } from 'c/mappingDraft';
import type { Draft } from 'c/fieldFit';
import { labels } from './labels';

interface PathStep {
  key: Step;
  label: string;
  className: string;
  current: 'step' | undefined;
  state: string;
  isDone: boolean;
  isShut: boolean;
}

/** @fires go with `{ step }` */
export default class MappingPath extends LightningElement {
  @api step: Step = 'when';
  @api draft: Draft = NEW_DRAFT;

  readonly labels = labels;

  get steps(): PathStep[] {
    const at = STEPS.indexOf(this.step);
    return STEPS.map((key, place) => {
      const isCurrent = place === at;
      const isDone = !isCurrent && isComplete(key, this.draft) && key !== 'check';
      const isShut = STEPS.slice(0, place).some((earlier) => !isComplete(earlier, this.draft));
      const state = isCurrent ? labels.now : isDone ? labels.done : '';
      const className = isCurrent ? 'current' : isDone ? 'done' : 'open';
      return { key, label: labels[key], className, current: isCurrent ? 'step' : undefined, state, isDone, isShut };
    });
  }

  handleGo(event: Event): void {
    const { step } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('go', { detail: { step } }));
  }
}
