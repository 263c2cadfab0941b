import { describe, expect, it } from 'vitest';
import { lickAddress, percentOf, wishesOf } from './address';

describe('the address of a lick in a key', () => {
  it('is read as it was written', () => {
    for (const semitones of [-5, 0, 6]) {
      for (const percent of [null, 40, 85]) {
        const address = lickAddress('job', 'lick', semitones, percent);
        expect(address).toMatch(/^\/solos\/job\/licks\/lick\?/);
        expect(wishesOf(address.slice(address.indexOf('?')))).toEqual({ semitones, percent });
      }
    }
  });

  it('asks for nothing when it says nothing that can be had', () => {
    for (const search of ['', '?speed=60', '?semitones=13', '?semitones=x', '?semitones=1e1']) {
      expect(wishesOf(search)).toBeNull();
    }
    expect(wishesOf('?semitones=2&speed=400')).toEqual({ semitones: 2, percent: null });
  });
});

describe('a tempo as a share', () => {
  it('stays within what the player can', () => {
    expect(percentOf(84, 140)).toBe(60);
    expect(percentOf(20, 140)).toBe(40);
    expect(percentOf(500, 140)).toBe(120);
    expect(percentOf(84, null)).toBeNull();
    expect(percentOf(null, 140)).toBeNull();
  });
});
