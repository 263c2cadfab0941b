import { describe, expect, it } from 'vitest';
import type { NoteMark } from './signs';
import { accuracyText, keySemitones, markText } from './words';

const mark: NoteMark = {
  note_id: 'a',
  kind: 'right',
  expected_sec: 1,
  expected_midi: 60,
  heard_id: 'x',
  heard_midi: 60,
  deviation_ms: 3,
};

describe('markText', () => {
  it('tells by how much a note was beside the beat', () => {
    expect(markText({ ...mark, kind: 'late', deviation_ms: 63.6 })).toBe('late, 64 ms');
    expect(markText({ ...mark, kind: 'early', deviation_ms: -81 })).toBe('early, 81 ms');
  });

  it('tells where a wrong note lay', () => {
    expect(markText({ ...mark, kind: 'wrong', heard_midi: 59 })).toBe(
      'wrong note, 1 semitone too low',
    );
    expect(markText({ ...mark, kind: 'wrong', heard_midi: 62 })).toBe(
      'wrong note, 2 semitones too high',
    );
  });

  it('tells no more than it knows', () => {
    expect(markText(mark)).toBe('right');
    expect(markText({ ...mark, kind: 'missed', heard_midi: null, deviation_ms: null })).toBe(
      'missed',
    );
  });
});

it('never rounds up to all of it', () => {
  expect(accuracyText(0.999)).toBe('99 % right');
  expect(accuracyText(1)).toBe('100 % right');
});

it('counts no octaves for the practice log', () => {
  expect([-14, -12, 0, 3, 12, 17].map((one) => keySemitones(one) + 0)).toEqual([-2, 0, 0, 3, 0, 5]);
});
