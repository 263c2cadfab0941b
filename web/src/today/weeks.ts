/** Days of practice as weeks: for the chart and for its table. */
import type { Day } from './types';

/** Cut days that begin on a Monday into weeks; the last one may be short. */
export function weeksOf(days: readonly Day[]): Day[][] {
  const weeks: Day[][] = [];
  for (let at = 0; at < days.length; at += 7) weeks.push(days.slice(at, at + 7));
  return weeks;
}

export interface Bar {
  x: number;
  y: number;
  height: number;
  day: Day;
}

/** Width of a day in the chart, and what is left free of it. */
export const DAY_WIDTH = 8;
export const GAP = 2;
/** A day with one pass is seen beside one of a hundred. */
const LEAST_HEIGHT = 3;

/** Place a bar for each day that was practised on. */
export function barsOf(days: readonly Day[], height: number): Bar[] {
  const most = Math.max(1, ...days.map((one) => one.passes));
  return days.flatMap((day, at) => {
    if (day.passes === 0) return [];
    const tall = Math.max(LEAST_HEIGHT, (height * day.passes) / most);
    return [{ x: at * DAY_WIDTH, y: height - tall, height: tall, day }];
  });
}
