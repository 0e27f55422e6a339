// How much of a daily allocation is used, and will be by the end of the day at this pace (B30).
import FORECAST from '@salesforce/label/c.Home_Budget_Forecast';
import OF from '@salesforce/label/c.Home_Budget_Of';
import OVER from '@salesforce/label/c.Home_Budget_Over';
import UNKNOWN from '@salesforce/label/c.Home_Budget_Unknown';
import { number } from 'c/format';
import type { Meter } from 'c/homeData';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';

export default class BudgetMeter extends LightningElement {
  /** Already translated. */
  @api label = '';
  @api meter: Meter | undefined;

  get isKnown(): boolean {
    return this.meter?.used !== undefined && this.meter.limit !== undefined && this.meter.limit > 0;
  }

  get amount(): string {
    const { used = 0, limit = 0 } = this.meter ?? {};
    return this.isKnown ? fill(OF, number(used), number(limit)) : UNKNOWN;
  }

  /** 0 to 100. */
  get percent(): number {
    const { used = 0, limit = 0 } = this.meter ?? {};
    return this.isKnown ? Math.min(100, Math.round((100 * used) / limit)) : 0;
  }

  get barStyle(): string {
    return `inline-size: ${this.percent}%`;
  }

  get isOver(): boolean {
    const { forecast = 0, limit = 0 } = this.meter ?? {};
    return this.isKnown && forecast > limit;
  }

  get forecast(): string {
    const { forecast } = this.meter ?? {};
    return !this.isKnown || forecast === undefined ? '' : fill(this.isOver ? OVER : FORECAST, number(forecast));
  }
}
