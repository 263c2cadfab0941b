import { describe, expect, it } from 'vitest';
import { keysOf } from './key_order';

/** Not random at all. */
const first = () => 0;

describe('the order of keys', () => {
  it.each(['fourths', 'semitones', 'random'] as const)(
    'has each of twelve keys once, the recording first, near its octave: %s',
    (order) => {
      const keys = keysOf(order, 12, Math.random);
      expect(keys[0]).toBe(0);
      expect(new Set(keys.map((one) => (one + 12) % 12)).size).toBe(12);
      expect(Math.min(...keys)).toBe(-5);
      expect(Math.max(...keys)).toBe(6);
    },
  );

  it('goes round the fourths and up by semitones', () => {
    expect(keysOf('fourths', 5, first)).toEqual([0, 5, -2, 3, -4]);
    expect(keysOf('semitones', 8, first)).toEqual([0, 1, 2, 3, 4, 5, 6, -5]);
    expect(keysOf('this key', 12, first)).toEqual([0]);
  });

  it('is another one for other chances', () => {
    const last = () => 0.999;
    expect(keysOf('random', 12, first)).not.toEqual(keysOf('random', 12, last));
    expect(keysOf('random', 3, last)).toEqual([0, -1, -2]);
  });
});
