// Changes of the last 24 hours, hour by hour: a chart for the eye, and the same numbers as a table for whoever wants them.
import BAR from '@salesforce/label/c.Home_Today_Bar';
import CHART from '@salesforce/label/c.Home_Today_Chart';
import FAILED from '@salesforce/label/c.Home_Today_Failed';
import HOUR from '@salesforce/label/c.Home_Today_Hour';
import IN from '@salesforce/label/c.Home_Today_In';
import NONE from '@salesforce/label/c.Home_Today_None';
import OUT from '@salesforce/label/c.Home_Today_Out';
import REFUSED from '@salesforce/label/c.Home_Today_Refused';
import SUM from '@salesforce/label/c.Home_Today_Sum';
import TABLE from '@salesforce/label/c.Home_Today_Table';
import { hour as hourOf, number } from 'c/format';
import type { Hour } from 'c/homeData';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';
import { barsOf, HEIGHT, SERIES, WIDTH, type Bar, type Series } from './bars';

const NAMES: Readonly<Record<Series, string>> = { in: IN, out: OUT, refused: REFUSED, failed: FAILED };

export default class HourChart extends LightningElement {
  @api hours: readonly Hour[] = [];

  asTable = false;
  labels = { HOUR, NONE };
  viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
  series = SERIES.map((key) => ({ key, name: NAMES[key], className: `key bar_${key}` }));

  get isEmpty(): boolean {
    return this.hours.every((hour) => SERIES.every((series) => hour[series] === 0));
  }

  get sum(): string {
    const totals = SERIES.map((series) => number(this.hours.reduce((sum, hour) => sum + hour[series], 0)));
    return fill(SUM, ...totals);
  }

  get bars(): Bar[] {
    return barsOf(this.hours);
  }

  get rows(): { key: string; hour: string; cells: { key: string; text: string }[] }[] {
    return this.hours.map((hour) => ({
      key: hour.at,
      hour: hourOf(hour.at),
      cells: SERIES.map((key) => ({ key, text: number(hour[key]) })),
    }));
  }

  /** Whole columns, so that an hour can be pointed at however low its bar is. */
  get targets(): { key: string; x: number; width: number; title: string }[] {
    const width = WIDTH / 24;
    return this.hours.slice(-24).map((hour, index) => ({
      key: hour.at,
      x: index * width,
      width,
      title: fill(BAR, hourOf(hour.at), ...SERIES.map((series) => number(hour[series]))),
    }));
  }

  get toggleLabel(): string {
    return this.asTable ? CHART : TABLE;
  }

  toggle(): void {
    this.asTable = !this.asTable;
  }
}
