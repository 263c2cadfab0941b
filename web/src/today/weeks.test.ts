import { describe, expect, it } from 'vitest';
import type { Day } from './types';
import { barsOf, DAY_WIDTH, weeksOf } from './weeks';

const days: Day[] = Array.from({ length: 80 }, (_, at) => ({
  day: new Date(Date.UTC(2026, 8, 7 + at)).toISOString().slice(0, 10),
  sessions: at % 3,
  passes: at === 10 ? 200 : at % 3,
  minutes: 0,
}));

describe('days', () => {
  it('fall into weeks without one being lost', () => {
    const weeks = weeksOf(days);
    expect(weeks.flat()).toEqual(days);
    expect(weeks.map((one) => one.length)).toEqual([...Array<number>(11).fill(7), 3]);
    expect(weeks.every(([first]) => new Date(first?.day ?? '').getUTCDay() === 1)).toBe(true);
  });

  it('have a bar each, within the chart, the busiest as high as it is', () => {
    const bars = barsOf(days, 60);
    expect(bars.map((one) => one.day)).toEqual(days.filter((one) => one.passes > 0));
    for (const { x, y, height } of bars) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeCloseTo(60);
      expect(height).toBeGreaterThanOrEqual(3);
      expect(x).toBeLessThan(days.length * DAY_WIDTH);
    }
    expect(bars.find((one) => one.day.passes === 200)?.height).toBe(60);
    expect(barsOf([], 60)).toEqual([]);
  });
});
