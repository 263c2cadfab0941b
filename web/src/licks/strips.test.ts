import { describe, expect, it } from 'vitest';
import type { Match } from '../api/types';
import type { PlayedNote } from '../player/player';
import { spread, stripsOf } from './strips';

function sung(pitches: number[], tempo = 1) {
  const notes: PlayedNote[] = pitches.map((pitchMidi, at) => ({
    onsetSec: at * tempo,
    offsetSec: (at + 0.9) * tempo,
    pitchMidi,
    velocity: 80,
  }));
  return { notes, names: pitches.map(String) };
}

const alignment: Match['alignment'] = [
  { query: 0, solo: 100, kind: 'same' },
  { query: 1, solo: null, kind: 'deleted' },
  { query: 2, solo: 101, kind: 'substituted' },
  { query: null, solo: 102, kind: 'inserted' },
];

describe('a lick above a match', () => {
  const strips = stripsOf(sung([60, 62, 64]), sung([67, 70, 72], 0.5), alignment, 7, 100, 320);

  it('stands at the same level, whatever the key', () => {
    const [above, below] = [strips.upper[0], strips.lower[0]];
    expect((above?.y ?? 0) - (strips.grounds[0]?.y ?? 0)).toBe(
      (below?.y ?? 0) - (strips.grounds[1]?.y ?? 0),
    );
  });

  it('fills the same width, whatever the tempo', () =>
    strips.upper.forEach((one, at) => expect(one.x).toBeCloseTo(strips.lower[at]?.x ?? 0)));

  it('is tied to it by the notes that answer each other', () => {
    expect(strips.ties.map((one) => one.kind)).toEqual(['same', 'substituted']);
    expect(strips.ties.every((one) => one.y2 > one.y1)).toBe(true);
  });

  it('marks what differs', () => {
    expect(strips.upper.map((one) => one.kind)).toEqual(['same', 'deleted', 'substituted']);
    expect(strips.lower.map((one) => one.kind)).toEqual(['same', 'substituted', 'inserted']);
  });

  it('lies within the drawing', () => {
    for (const one of [...strips.upper, ...strips.lower]) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(strips.width);
      expect(one.y).toBeLessThan(strips.height);
    }
  });
});

it('without a lick the match stands alone', () => {
  const strips = stripsOf(null, sung([60, 62]), alignment, 5, 100, 320);
  expect([strips.upper.length, strips.ties.length, strips.grounds.length]).toEqual([0, 0, 1]);
});

it('many notes get more room than there is', () => {
  const many = sung(Array.from({ length: 40 }, (_, at) => 60 + (at % 12)));
  expect(stripsOf(many, many, [], 0, 0, 320).width).toBeGreaterThan(900);
});

describe('names', () => {
  it('keep their distance, in order', () => {
    const placed = spread([10, 12, 14, 90], 20, 200);
    expect(placed).toEqual([10, 30, 50, 90]);
  });
  it('stay inside', () => expect(spread([180, 190, 195], 20, 200)).toEqual([150, 170, 190]));
});
