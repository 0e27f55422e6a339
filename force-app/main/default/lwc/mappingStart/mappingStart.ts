// The mapping page before the first mapping. Promises three ways to begin and no dead end.
import { api, LightningElement } from 'lwc';
import { labels } from './labels';

/** @fires begin with `{ way: 'phone' | 'set' | 'rules' }` */
export default class MappingStart extends LightningElement {
  readonly labels = labels;
  readonly ways = [
    { key: 'phone', icon: 'utility:call', name: labels.phone, why: labels.phoneWhy },
    { key: 'set', icon: 'utility:list', name: labels.set, why: labels.setWhy },
    { key: 'rules', icon: 'utility:knowledge_base', name: labels.rules, why: labels.rulesWhy },
  ];

  /** To the heading, where the last mapping is gone. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('h2')?.focus();
  }

  handleBegin(event: Event): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('begin', { detail: { way: key } }));
  }
}
