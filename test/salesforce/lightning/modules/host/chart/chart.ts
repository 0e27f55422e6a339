// A chart of a dashboard: bars with their parts, or a ring, each with its numbers.
import { api, LightningElement } from 'lwc';
import { readChart, type Bar } from '../../../client/chartData.ts';
import { problemOf } from '../../../client/problem.ts';
import { say } from '../../../client/shell.ts';
import type { ChartOf } from '../../../metadata/dashboards.ts';

const COLORS = ['#0b827c', '#e07600', '#5867e8', '#c23934', '#3ba755', '#9050e9', '#5c5c5c', '#04844b'];
/** Around the ring, whose radius makes its length 100. */
const QUARTER = 25;

export default class Chart extends LightningElement {
  @api chart: ChartOf | undefined;
  bars: Bar[] | undefined;
  problem = '';

  override async connectedCallback(): Promise<void> {
    try {
      this.bars = this.chart && (await readChart(this.chart));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  get nothing(): string {
    return say('No data', 'Sin datos');
  }

  get isEmpty(): boolean {
    return this.bars?.length === 0;
  }

  get isDonut(): boolean {
    return this.chart?.shape === 'donut';
  }

  get total(): number {
    return (this.bars ?? []).reduce((sum, { count }) => sum + count, 0);
  }

  /** What each colour is, where a bar or a ring has several. */
  get legend() {
    const isParted = (this.chart?.groups.length ?? 0) > 1;
    if (!isParted && !this.isDonut) return [];
    return this.labels.map((label) => ({ label, style: `background: ${this.colorOf(label)}` }));
  }

  private get labels(): string[] {
    return [...new Set((this.bars ?? []).flatMap(({ parts }) => parts.map(({ label }) => label)))];
  }

  private colorOf(label: string): string {
    const isParted = (this.chart?.groups.length ?? 0) > 1 || this.isDonut;
    return COLORS[(isParted ? this.labels.indexOf(label) : 0) % COLORS.length] ?? '';
  }

  get rows() {
    const most = Math.max(1, ...(this.bars ?? []).map(({ count }) => count));
    return (this.bars ?? []).map(({ label, count, parts }) => ({
      label,
      count,
      parts: parts.map((part) => ({
        key: part.label,
        title: `${label}, ${part.label}: ${part.count}`,
        style: `width: ${(part.count / most) * 100}%; background: ${this.colorOf(part.label)}`,
      })),
    }));
  }

  get slices() {
    let before = 0;
    return (this.bars ?? []).map(({ label, count }) => {
      const share = (count / this.total) * 100;
      const slice = {
        label,
        title: `${label}: ${count}`,
        color: this.colorOf(label),
        dashes: `${share} ${100 - share}`,
        offset: String(QUARTER - before),
      };
      before += share;
      return slice;
    });
  }
}
