// Step 1 (M4): any of the three moments. Promises that each says what it means before it is chosen.
import { api, LightningElement } from 'lwc';
import type { Trigger } from 'c/fieldFit';
import { labels } from './labels';

const TILES: readonly { key: Trigger; label: string; why: string; icon: string }[] = [
  { key: 'createUpdate', label: labels.created, why: labels.createdWhy, icon: 'utility:edit' },
  { key: 'demoSet', label: labels.demo, why: labels.demoWhy, icon: 'utility:event' },
  { key: 'sale', label: labels.sale, why: labels.saleWhy, icon: 'utility:moneybag' },
];

/** @fires change with `{ triggers }` */
export default class WhenStep extends LightningElement {
  @api triggers: readonly Trigger[] = [];

  readonly labels = labels;

  get tiles(): { key: Trigger; label: string; why: string; icon: string; isChecked: boolean; id: string }[] {
    return TILES.map((tile) => ({ ...tile, isChecked: this.triggers.includes(tile.key), id: `tile-${tile.key}` }));
  }

  get isEmpty(): boolean {
    return this.triggers.length === 0;
  }

  handleChange(event: Event): void {
    const { checked, value } = event.target as HTMLInputElement;
    const others = TILES.filter(({ key }) => key !== value && this.triggers.includes(key));
    const chosen = TILES.filter((tile) => others.includes(tile) || (checked && tile.key === value));
    const triggers = chosen.map(({ key }) => key);
    this.dispatchEvent(new CustomEvent('change', { detail: { triggers } }));
  }
}
