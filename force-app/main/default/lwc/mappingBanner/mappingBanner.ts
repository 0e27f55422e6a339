// M6: promises that whoever opens the page reads that nothing is synced before the primary phone number is mapped, and why the business
// name and the state should be mapped too.
import { api, LightningElement } from 'lwc';
import { PRIMARY_PHONE } from 'c/fieldFit';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

interface Advice {
  field: string;
  name: string;
  why: string;
  mapLabel: string;
}
const ADVICE: readonly [field: string, name: string, why: string][] = [
  ['business_name', labels.name, labels.nameWhy],
  ['state', labels.state, labels.stateWhy],
];

/** @fires map with `{ field }`, the name of the Sellfire field to map */
export default class MappingBanner extends LightningElement {
  /** Names of the Sellfire lead fields that a mapping carries. */
  @api mapped: readonly string[] = [];

  /** No mapping can be made yet. */
  @api isShut = false;

  readonly labels = labels;

  get isGated(): boolean {
    return !this.mapped.includes(PRIMARY_PHONE);
  }

  get advice(): Advice[] {
    return ADVICE.filter(([field]) => !this.mapped.includes(field)).map(([field, name, why]) => ({
      field,
      name,
      why,
      mapLabel: fill(labels.mapOf, name),
    }));
  }

  get hasAdvice(): boolean {
    return this.advice.length > 0;
  }

  handleMap(event: Event): void {
    const { field = PRIMARY_PHONE } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('map', { detail: { field } }));
  }
}
