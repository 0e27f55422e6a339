// The geometry of the hour chart: 24 columns, each stacked from the ground up in the order of the legend.
import type { Hour } from 'c/homeData';

export const WIDTH = 240;
export const HEIGHT = 64;
/** Of a column, with its gap. */
const STEP = WIDTH / 24;
const BAR = STEP - 2;
/** An hour with anything in it can be seen. */
const LEAST = 1;

export const SERIES = ['in', 'out', 'refused', 'failed'] as const;
export type Series = (typeof SERIES)[number];

export interface Bar {
  key: string;
  className: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export function barsOf(hours: readonly Hour[]): Bar[] {
  const most = Math.max(1, ...hours.map((hour) => SERIES.reduce((sum, series) => sum + hour[series], 0)));
  return hours.slice(-24).flatMap((hour, index) => {
    let top = HEIGHT;
    return SERIES.filter((series) => hour[series] > 0).map((series) => {
      const height = Math.max(LEAST, (hour[series] / most) * HEIGHT);
      top -= height;
      return {
        key: `${hour.at} ${series}`,
        className: `bar bar_${series}`,
        x: index * STEP + 1,
        y: Math.max(0, top),
        width: BAR,
        height,
      };
    });
  });
}
