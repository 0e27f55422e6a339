// The buttons beside the heading of the mapping page. Promises that a button that cannot be pressed yet says why.
import { api, LightningElement } from 'lwc';
import { labels } from './labels';

export type Way = 'help' | 'set' | 'custom' | 'system' | 'refresh';

/** @fires begin with `{ way }`, a `Way` */
export default class MappingActions extends LightningElement {
  /** Sellfire's fields are not read yet: no mapping can be made. */
  @api isShut = false;

  readonly labels = labels;

  get shutTitle(): string {
    return this.isShut ? labels.reading : '';
  }

  handleClick(event: Event): void {
    const { kind } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('begin', { detail: { way: kind } }));
  }
}
