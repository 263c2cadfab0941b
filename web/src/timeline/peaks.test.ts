import { describe, expect, it } from 'vitest';
import { columnsOf, loudestOf } from './peaks';

const peaks = { pairs: new Int8Array([-10, 20, -127, 5, 0, 127, -3, 3]), perSec: 100 };

describe('columns of an outline', () => {
  it('have the lowest and the highest of all they cover', () => {
    const columns = columnsOf(peaks, 0, 0.02, 2);
    expect([...columns].map((one) => Math.round(one * 127))).toEqual([-127, 20, -3, 127]);
  });

  it('show each pair on when they are narrower than one', () => {
    const columns = columnsOf(peaks, 0, 0.005, 4);
    expect([...columns].map((one) => Math.round(one * 127))).toEqual([
      -10, 20, -10, 20, -127, 5, -127, 5,
    ]);
  });

  it('are silent where there is no sound', () => {
    expect([...columnsOf(peaks, 1, 0.01, 2)]).toEqual([0, 0, 0, 0]);
  });
});

it('the loudest sample counts, whichever way it swings', () => {
  expect(loudestOf(peaks)).toBe(1);
  expect(loudestOf({ pairs: new Int8Array([-64, 10]), perSec: 100 })).toBeCloseTo(0.504);
});
