import { describe, expect, it } from 'vitest';
import { fitPitches, isBlackKey, nameOf, PitchScale, withSigns } from './pitches';

describe('rows of the roll', () => {
  const scale = new PitchScale(48, 72, 250);

  it('has the highest key on top and the lowest at the bottom', () => {
    expect(scale.rowPx).toBe(10);
    expect(scale.topOf(72)).toBe(0);
    expect(scale.topOf(48)).toBe(240);
  });

  it('finds the key at every height of its row', () => {
    for (const pitch of [48, 60, 61, 72]) {
      expect(scale.pitchAt(scale.topOf(pitch))).toBe(pitch);
      expect(scale.pitchAt(scale.topOf(pitch) + 9.9)).toBe(pitch);
    }
  });

  it('stays on the outermost keys beyond its edges', () => {
    expect(scale.pitchAt(-30)).toBe(72);
    expect(scale.pitchAt(900)).toBe(48);
  });
});

describe('the range that is shown', () => {
  it('has half an octave of air on either side of the notes', () => {
    expect(fitPitches([50, 75, 62])).toEqual([44, 81]);
  });

  it('is two octaves at least, and inside of the keys there are', () => {
    expect(fitPitches([60])).toEqual([48, 72]);
    expect(fitPitches([0, 3])[0]).toBe(0);
    expect(fitPitches([127, 120])[1]).toBe(127);
  });

  it('is around middle C for no notes', () => {
    expect(fitPitches([])).toEqual([48, 72]);
  });
});

describe('names of keys', () => {
  it('counts octaves as musicians do', () => {
    expect([60, 59, 70, 21].map(nameOf)).toEqual(['C4', 'B3', 'B♭4', 'A0']);
  });

  it('tells black keys from white ones', () => {
    expect([60, 61, 64, 65, 70].map(isBlackKey)).toEqual([false, true, false, false, true]);
  });

  it('writes accidentals, and leaves other letters alone', () => {
    expect(withSigns('Bb7b9')).toBe('B♭7♭9');
    expect(withSigns('F#m7b5/C#')).toBe('F♯m7♭5/C♯');
    expect(withSigns('Ebb4')).toBe('E♭♭4');
    expect(withSigns('Gsus4')).toBe('Gsus4');
  });
});
