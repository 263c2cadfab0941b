import { describe, expect, it } from 'vitest';
import type { Note } from '../api/types';
import { applied, isSaved, joined, moved, resized, splitAt, transposed } from './note_changes';

function note(id: string, onset_sec: number, offset_sec: number, pitch_midi: number): Note {
  return { id, onset_sec, offset_sec, pitch_midi, velocity: 80, confidence: 1 };
}

const a = note('a', 1, 2, 60);
const b = note('b', 2, 2.5, 64);
const notes = [a, b];

describe('what is asked of the service', () => {
  it('is one transposition for all notes, and none beyond the keys', () => {
    expect(transposed(notes, 3)).toEqual([{ op: 'transpose', semitones: 3, ids: ['a', 'b'] }]);
    expect(transposed(notes, 0)).toEqual([]);
    expect(transposed(notes, 64)).toEqual([]);
    expect(transposed([], 1)).toEqual([]);
  });

  it('moves notes together, not before the beginning', () => {
    expect(moved(notes, 0.25)).toEqual([
      { op: 'move', id: 'a', onset_sec: 1.25, offset_sec: 2.25 },
      { op: 'move', id: 'b', onset_sec: 2.25, offset_sec: 2.75 },
    ]);
    expect(moved(notes, -9)[0]).toMatchObject({ onset_sec: 0, offset_sec: 1 });
    expect(moved(notes, 0)).toEqual([]);
  });

  it('moves one end, and leaves the note long enough to be heard', () => {
    expect(resized(a, 'start', 1.5)).toEqual([{ op: 'move', id: 'a', onset_sec: 1.5 }]);
    expect(resized(a, 'end', 3)).toEqual([{ op: 'move', id: 'a', offset_sec: 3 }]);
    expect(resized(a, 'start', 5)).toEqual([{ op: 'move', id: 'a', onset_sec: 1.97 }]);
    expect(resized(a, 'end', 0)).toEqual([{ op: 'move', id: 'a', offset_sec: 1.03 }]);
    expect(resized(a, 'end', 2)).toEqual([]);
  });

  it('splits only what sounds then', () => {
    expect(splitAt(notes, 1.4)).toEqual([{ op: 'split', id: 'a', time_sec: 1.4 }]);
    expect(splitAt(notes, 2)).toEqual([]);
  });
});

describe('how notes look until the service has answered', () => {
  it('shows pitches and times as they were asked for, in order', () => {
    const shown = applied(notes, [
      { op: 'transpose', semitones: -2, ids: ['a'] },
      { op: 'move', id: 'a', onset_sec: 2.2, offset_sec: 3 },
      { op: 'pitch', id: 'b', pitch_midi: 70 },
    ]);
    expect(shown.map((one) => [one.id, one.onset_sec, one.pitch_midi])).toEqual([
      ['b', 2, 70],
      ['a', 2.2, 58],
    ]);
    expect(a.pitch_midi).toBe(60);
  });

  it('adds notes that nobody can take hold of yet', () => {
    const shown = applied(notes, [{ op: 'add', onset_sec: 0, offset_sec: 1, pitch_midi: 50 }]);
    expect(shown[0]).toMatchObject({ onset_sec: 0, pitch_midi: 50 });
    expect(shown.map(isSaved)).toEqual([false, true, true]);
  });

  it('removes, splits and merges', () => {
    expect(applied(notes, [{ op: 'remove', ids: ['a'] }])).toEqual([b]);
    const halves = applied(notes, [{ op: 'split', id: 'a', time_sec: 1.5 }]);
    expect(halves.map((one) => [one.onset_sec, one.offset_sec])).toEqual([
      [1, 1.5],
      [1.5, 2],
      [2, 2.5],
    ]);
    // As the service does: id of the first, pitch of the longest.
    expect(applied(notes, [{ op: 'merge', ids: ['a', 'b'] }])).toEqual([{ ...a, offset_sec: 2.5 }]);
  });
});

describe('edits that follow one another', () => {
  const up = transposed(notes, 1);

  it('are one when they transpose the same notes', () => {
    expect(joined(up, up)).toEqual([{ op: 'transpose', semitones: 2, ids: ['a', 'b'] }]);
    expect(joined(up, transposed(notes, -1))).toEqual([]);
  });

  it('stay apart otherwise', () => {
    expect(joined(up, transposed([a], 1))).toBeNull();
    expect(joined(up, moved([a], 1))).toBeNull();
    expect(joined(moved(notes, 1), up)).toBeNull();
  });
});
