import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells';
import { begin, easier, passed } from './ladder';
import { DEFAULTS } from './settings';

const settings = { ...DEFAULTS, startPercent: 80, targetPercent: 100, stepPercent: 10, nPasses: 2 };

describe('the strip of a ladder', () => {
  it('shows the tempos of one key, done, half done and to come', () => {
    const ladder = passed(passed(passed(begin(settings, [0]))));
    expect(cellsOf(ladder)).toEqual([
      { value: 80, share: 1, isNow: false },
      { value: 90, share: 0.5, isNow: true },
      { value: 100, share: 0, isNow: false },
    ]);
  });

  it('shows keys with how much of each is climbed', () => {
    let ladder = begin(settings, [0, 5]);
    for (let at = 0; at < 7; at += 1) ladder = passed(ladder);
    expect(cellsOf(ladder).map((one) => one.share)).toEqual([1, 0.5 / 3]);
    expect(cellsOf(ladder).map((one) => one.isNow)).toEqual([false, true]);
  });

  it('is never more than full and never without a place', () => {
    let ladder = easier(begin({ ...settings, nPasses: 1 }, [0]));
    while (!ladder.isEnded) {
      const cells = cellsOf(ladder);
      expect(cells.filter((one) => one.isNow)).toHaveLength(1);
      expect(Math.max(...cells.map((one) => one.share))).toBeLessThanOrEqual(1);
      ladder = passed(ladder);
    }
    expect(cellsOf(ladder).every((one) => one.share === 1 && !one.isNow)).toBe(true);
  });
});
