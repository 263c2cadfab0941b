import { describe, expect, test } from 'vitest';
import { beatsInBarAt, clicksOn, countInBefore, firstAtOrAfter, metronomeClicks } from './beats';
import type { PlayedBeat } from './player';

/** Bars of a metre at two beats a second, from `fromSec` on, the first from a position on. */
function steady(beatsInBar: number, count: number, fromSec = 10, first = 1): PlayedBeat[] {
  return Array.from({ length: count }, (_, at) => ({
    sec: fromSec + at * 0.5,
    position: ((first - 1 + at) % beatsInBar) + 1,
  }));
}

const at = (atSec: number, fromSec: number, toSec: number, rate = 1) => ({
  atSec,
  fromSec,
  toSec,
  rate,
});

describe('metronome', () => {
  test('in four it claps on two and four, in three on two and three', () => {
    expect([1, 2, 3, 4].filter((one) => clicksOn('two and four', one, 4))).toEqual([2, 4]);
    expect([1, 2, 3].filter((one) => clicksOn('two and four', one, 3))).toEqual([2, 3]);
    expect([1, 2, 3, 4, 5, 6].filter((one) => clicksOn('two and four', one, 6))).toEqual([2, 4, 6]);
  });

  test('at half speed clicks are twice as far apart, at the moments of the clock', () => {
    const clicks = metronomeClicks([at(100, 10, 12, 0.5)], steady(4, 8), 'all beats');
    expect(clicks.map((one) => one.atSec)).toEqual([100, 101, 102, 103]);
    expect(clicks.map((one) => one.isAccent)).toEqual([true, false, false, false]);
  });

  test('a beat at the end of a loop sounds once, as the first of the next pass', () => {
    const spans = [at(100, 11.5, 12), at(100.5, 10, 10.5)];
    const clicks = metronomeClicks(spans, steady(4, 8), 'all beats');
    expect(clicks.map((one) => one.atSec)).toEqual([100, 100.5]);
  });

  test('off is silent', () => {
    expect(metronomeClicks([at(0, 0, 99)], steady(4, 8), 'off')).toEqual([]);
  });
});

describe('count-in', () => {
  test('before a bar it counts one, two, three, four', () => {
    const count = countInBefore(12, steady(4, 16), 1);
    expect(count?.lengthSec).toBeCloseTo(2, 9);
    expect(count?.clicks.map((one) => one.atSec)).toEqual([0, 0.5, 1, 1.5]);
    expect(count?.clicks.map((one) => one.isAccent)).toEqual([true, false, false, false]);
  });

  test('at half speed it lasts twice as long', () => {
    const count = countInBefore(12, steady(4, 16), 0.5);
    expect(count?.lengthSec).toBeCloseTo(4, 9);
    expect(count?.clicks.map((one) => one.atSec)).toEqual([0, 1, 2, 3]);
  });

  test('a start between beats keeps the grid: the count leads to the beat after it', () => {
    const count = countInBefore(12.25, steady(4, 16), 1);
    expect(count?.clicks.map((one) => one.atSec)).toEqual([0.25, 0.75, 1.25, 1.75]);
    // It starts after one, so the count is two, three, four, one.
    expect(count?.clicks.map((one) => one.isAccent)).toEqual([false, false, false, true]);
  });

  test('in three it counts three', () => {
    expect(countInBefore(11.5, steady(3, 12), 1)?.clicks).toHaveLength(3);
  });

  test('a start a hair beside a beat is on it', () => {
    for (const startSec of [11.98, 12.02]) {
      const count = countInBefore(startSec, steady(4, 16), 1);
      expect(count?.clicks).toHaveLength(4);
      expect(count?.clicks[0]?.isAccent).toBe(true);
    }
  });

  test('before the first and after the last beat the tempo beside it counts', () => {
    expect(countInBefore(0, steady(4, 16), 1)?.lengthSec).toBeCloseTo(2, 9);
    expect(countInBefore(40, steady(4, 16), 1)?.clicks).toHaveLength(4);
  });

  test('without a tempo there is no count', () => {
    expect(countInBefore(0, steady(4, 1), 1)).toBeNull();
  });

  test('the tempo is that of the bar that follows, where it changes', () => {
    const beats = [
      ...steady(4, 4),
      ...steady(4, 8, 12).map((one) => ({ ...one, sec: 2 * one.sec - 12 })),
    ];
    expect(countInBefore(12, beats, 1)?.lengthSec).toBeCloseTo(4, 9);
  });
});

test('a pickup and a last bar that is cut short have the metre of their neighbours', () => {
  const pickup = steady(4, 9, 10, 4);
  expect(beatsInBarAt(pickup, 0)).toBe(4);
  const cut = steady(4, 6);
  expect(beatsInBarAt(cut, 5)).toBe(4);
});

test('of several at the same moment the first is found', () => {
  expect(firstAtOrAfter([1, 2, 2, 3], 2, (one) => one)).toBe(1);
  expect(firstAtOrAfter([1, 2], 5, (one) => one)).toBe(2);
});
