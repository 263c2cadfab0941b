import { expect, it } from 'vitest';
import { statsOf, tapWords, withTap } from './taps';

function tapped(secs: number[]): number[] {
  return secs.reduce<number[]>((taps, sec) => withTap(taps, sec), []);
}

it('Taps begin anew after a pause or a step back, and a bounce is none', () => {
  expect(tapped([1, 1.5, 2])).toEqual([1, 1.5, 2]);
  expect(tapped([1, 1.5, 6])).toEqual([6]);
  expect(tapped([5, 5.5, 2])).toEqual([2]);
  expect(tapped([1, 1.03, 1.5])).toEqual([1, 1.5]);
});

it('The tempo is that of the usual gap: one slip does not change it', () => {
  expect(statsOf([0, 0.5, 1, 1.7, 2, 2.5])?.tempoBpm).toBeCloseTo(120);
  expect(statsOf([1])).toBeNull();
});

it('Words say the tempo and what it is to that of now', () => {
  expect(tapWords([], 120)).toBe('');
  expect(tapWords([0, 0.5], 120)).toBe('2 taps · ♩ = 120 · 2 more');
  expect(tapWords([0, 0.5, 1, 1.5], 60)).toBe('4 taps · ♩ = 120 · twice what it is now');
  expect(tapWords([0, 0.5, 1, 1.5], 121)).toBe('4 taps · ♩ = 120 · as it is now');
  expect(tapWords([0, 0.5, 1, 1.5], 100)).toBe('4 taps · ♩ = 120 · it is 100 now');
  expect(tapWords([0, 0.3, 1, 1.3, 2.1], 100)).toContain('uneven');
});
