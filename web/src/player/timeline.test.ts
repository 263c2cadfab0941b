import { describe, expect, test } from 'vitest';
import { Timeline } from './timeline';

const loop = { fromSec: 20, toSec: 23 };

function looping(rate = 0.5, fromSec = 20): Timeline {
  const timeline = new Timeline();
  timeline.turn({ atSec: 100, fromSec, rate, loop }, 100);
  return timeline;
}

describe('places', () => {
  test('a place stands still until its segment begins', () => {
    const timeline = new Timeline();
    timeline.turn({ atSec: 98, fromSec: 20, rate: 0, loop: null }, 98);
    timeline.turn({ atSec: 100, fromSec: 20, rate: 0.5, loop }, 98);
    expect(timeline.placeAt(99)).toBe(20);
    expect(timeline.placeAt(101)).toBe(20.5);
  });

  test('at half speed the place moves half as fast as the clock', () => {
    expect(looping().placeAt(103)).toBeCloseTo(21.5, 9);
  });

  test('the loop turns back to the very sample, a thousand passes long', () => {
    expect(looping().placeAt(100 + 6 * 1000 + 1)).toBeCloseTo(20.5, 6);
  });

  test('whoever starts before a loop plays into it and turns back at its end', () => {
    const timeline = looping(1, 18);
    expect(timeline.placeAt(104.5)).toBeCloseTo(22.5, 9);
    expect(timeline.placeAt(105.5)).toBeCloseTo(20.5, 9);
  });

  test('a loop that ended before the start does not catch', () => {
    expect(looping(1, 25).placeAt(110)).toBeCloseTo(35, 9);
  });

  test('a change of speed goes on from where it is', () => {
    const timeline = looping();
    const fromSec = timeline.placeAt(102);
    timeline.turn({ atSec: 102, fromSec, rate: 1, loop }, 101.9);
    expect(timeline.placeAt(101.999)).toBeCloseTo(20.9995, 9);
    expect(timeline.placeAt(102.001)).toBeCloseTo(21.001, 9);
  });

  test('what is said for later replaces what was planned after it', () => {
    const timeline = looping();
    timeline.turn({ atSec: 102, fromSec: 21, rate: 1, loop }, 101);
    timeline.turn({ atSec: 101.5, fromSec: 20.75, rate: 0.4, loop }, 101);
    expect(timeline.placeAt(103)).toBeCloseTo(20.75 + 0.6, 9);
  });

  test('a dropped plan leaves what has begun', () => {
    const timeline = looping();
    timeline.turn({ atSec: 102, fromSec: 21, rate: 1, loop }, 101);
    timeline.dropPlans(101);
    expect(timeline.placeAt(103)).toBeCloseTo(21.5, 9);
  });

  test('what is heard late is still known after a stop', () => {
    const timeline = looping();
    timeline.turn({ atSec: 102, fromSec: 21, rate: 0, loop: null }, 102);
    expect(timeline.placeAt(101.9)).toBeCloseTo(20.95, 9);
    expect(timeline.placeAt(105)).toBe(21);
  });
});

describe('passes', () => {
  test('each pass ends one loop length after the last', () => {
    const timeline = looping();
    expect(timeline.passEndsAt(100)).toBeCloseTo(106, 9);
    expect(timeline.passEndsAt(106.0001)).toBeCloseTo(112, 9);
    expect(timeline.passesAt(112.0001)).toBe(2);
  });

  test('without a loop no pass ends', () => {
    const timeline = new Timeline();
    timeline.turn({ atSec: 0, fromSec: 0, rate: 1, loop: null }, 0);
    expect(timeline.passEndsAt(5)).toBe(Infinity);
  });
});

describe('spans', () => {
  test('a window over the seam has the end and the begin of the loop', () => {
    const spans = looping().spans(105, 107);
    expect(spans).toHaveLength(2);
    expect(spans[0]).toMatchObject({ atSec: 105, fromSec: 22.5, toSec: 23 });
    expect(spans[1]?.atSec).toBeCloseTo(106, 9);
    expect(spans[1]?.toSec).toBeCloseTo(20.5, 9);
  });

  test('windows that follow each other leave nothing out and give nothing twice', () => {
    const timeline = looping(1);
    const parts = Array.from({ length: 250 }, (_, at) => 100 + at * 0.04).flatMap((at) =>
      timeline.spans(at, at + 0.04),
    );
    const length = parts.reduce((sum, one) => sum + one.toSec - one.fromSec, 0);
    expect(length).toBeCloseTo(10, 6);
  });

  test('what stands still has no span', () => {
    const timeline = looping();
    timeline.turn({ atSec: 101, fromSec: 20.5, rate: 0, loop: null }, 101);
    expect(timeline.spans(101, 110)).toEqual([]);
    expect(timeline.spans(90, 100)).toEqual([]);
  });

  test('a change in the window ends one span and begins the next', () => {
    const timeline = looping();
    timeline.turn({ atSec: 102, fromSec: 21, rate: 1, loop }, 101);
    expect(timeline.spans(101, 103).map((one) => [one.fromSec, one.toSec, one.rate])).toEqual([
      [20.5, 21, 0.5],
      [21, 22, 1],
    ]);
  });
});
