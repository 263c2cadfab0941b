import { describe, expect, it } from 'vitest';
import { countOf, earlySec, keptFrom, levelOf } from './counting';

describe('countOf', () => {
  it('clicks on each beat of a bar, and ends with the bar', () => {
    expect(countOf(120, 4)).toEqual({ clickSecs: [0, 0.5, 1, 1.5], lengthSec: 2 });
    expect(countOf(180, 3).clickSecs).toHaveLength(3);
  });

  it('begins to record after the last click', () => {
    for (const tempo of [40, 120, 300]) {
      const { clickSecs, lengthSec } = countOf(tempo, 4);
      const begins = lengthSec - earlySec(tempo);
      expect(begins).toBeGreaterThan((clickSecs.at(-1) ?? 0) + 0.1);
    }
  });
});

describe('keptFrom', () => {
  const blocks = [
    { frame: 100, samples: new Float32Array([1, 2, 3]) },
    { frame: 103, samples: new Float32Array([4, 5]) },
  ];

  it('keeps what was heard from a moment on, within blocks', () => {
    expect(keptFrom(blocks, 102).flatMap((one) => [...one])).toEqual([3, 4, 5]);
    expect(keptFrom(blocks, 103).flatMap((one) => [...one])).toEqual([4, 5]);
  });

  it('keeps all, and nothing', () => {
    expect(keptFrom(blocks, 0).flatMap((one) => [...one])).toEqual([1, 2, 3, 4, 5]);
    expect(keptFrom(blocks, 200)).toEqual([]);
  });
});

it('shows loudness as the ear has it', () => {
  expect(levelOf(0)).toBe(0);
  expect(levelOf(1)).toBe(1);
  expect(levelOf(2)).toBe(1);
  expect(levelOf(0.1)).toBeCloseTo(2 / 3);
});
