import { describe, expect, test } from 'vitest';
import type { Bar } from '../time/bars';
import { barsNamed, barStep, beatStep, keyNamed, minutesOf } from './steps';

const bars: Bar[] = [0, 1, 2].map((at) => ({
  number: at + 1,
  onsetSec: 10 + 2 * at,
  offsetSec: 12 + 2 * at,
  beatSecs: [0, 0.5, 1, 1.5].map((beat) => 10 + 2 * at + beat),
  firstPosition: 1,
  chorus: null,
  section: '',
}));

describe('steps', () => {
  test('go to the next and the last beat', () => {
    expect(beatStep(bars, 10.5, 1, false)).toBe(11);
    expect(beatStep(bars, 10.5, -1, false)).toBe(10);
    expect(beatStep(bars, 10.7, -1, false)).toBe(10.5);
  });

  test('back from a beat that has just begun go to the one before it', () => {
    expect(beatStep(bars, 11.1, -1, true)).toBe(10.5);
    expect(beatStep(bars, 11.1, -1, false)).toBe(11);
  });

  test('go by bars', () => {
    expect(barStep(bars, 10.5, 1, false)).toBe(12);
    expect(barStep(bars, 12.5, -1, false)).toBe(12);
    expect(barStep(bars, 12.1, -1, true)).toBe(10);
  });

  test('are seconds where no beats are', () => {
    expect(beatStep([], 5, 1, false)).toBe(6);
    expect(barStep([], 5, -1, false)).toBe(1);
    expect(beatStep(bars, 15.5, 1, false)).toBe(16.5);
  });
});

test('places are minutes and seconds', () => {
  expect(minutesOf(0)).toBe('0:00');
  expect(minutesOf(87.9)).toBe('1:27');
  expect(minutesOf(-1)).toBe('0:00');
});

test('stretches are named by their bars, generously', () => {
  expect(barsNamed(bars, 9.95, 14.05)).toBe('bars 1–2');
  expect(barsNamed(bars, 12, 14)).toBe('bar 2');
  expect(barsNamed([], 5, 70)).toBe('0:05–1:10');
});

test('keys have their names, with real flats', () => {
  expect(keyNamed('Bb:major', 0)).toBe('B♭ (0)');
  expect(keyNamed('Bb:blues', 2)).toBe('C (+2)');
  expect(keyNamed('C#:minor', -1)).toBe('Cm (−1)');
  expect(keyNamed('C:major', -12)).toBe('C (−12)');
  expect(keyNamed(null, 3)).toBe('+3');
  expect(keyNamed('none', 3)).toBe('+3');
});
