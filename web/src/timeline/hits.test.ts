import { describe, expect, it } from 'vitest';
import type { Note } from '../api/types';
import { TimeView } from '../time/view.svelte';
import { noteAt, notesIn } from './hits';
import { PitchScale } from './pitches';

function note(id: string, onset_sec: number, offset_sec: number, pitch_midi: number): Note {
  return { id, onset_sec, offset_sec, pitch_midi, velocity: 80, confidence: 1 };
}

const notes = [note('a', 1, 2, 60), note('b', 2, 2.05, 62), note('new-1', 3, 4, 60)];
const scale = new PitchScale(48, 72, 250);
// 1000 px for 10 s: note a lies from 100 to 200, in the row from 120 to 130.
const view = new TimeView(() => 100);
view.spanSec = 10;

function at(x: number, y: number, slopPx = 3) {
  const hit = noteAt(notes, view, scale, x, y, slopPx);
  return hit === null ? null : `${hit.note.id} ${hit.part}`;
}

describe('the note under the pointer', () => {
  it('is taken hold of at its ends or in the middle', () => {
    expect(at(103, 125)).toBe('a start');
    expect(at(150, 125)).toBe('a body');
    expect(at(197, 125)).toBe('a end');
  });

  it('may be missed by as much as the pointer is wide', () => {
    expect(at(150, 132)).toBe('a body');
    expect(at(150, 140)).toBeNull();
    expect(at(150, 140, 14)).toBe('a body');
  });

  it('has no ends when it is too short for them', () => {
    expect(at(200.5, 105)).toBe('b body');
  });

  it('is none that has not been saved', () => {
    expect(at(350, 125)).toBeNull();
  });
});

it('a rectangle holds the notes that it touches', () => {
  const found = notesIn(notes, view, scale, { x: 202, y: 90 }, { x: 150, y: 126 });
  expect(found.map((one) => one.id)).toEqual(['a', 'b']);
  expect(notesIn(notes, view, scale, { x: 0, y: 0 }, { x: 90, y: 250 })).toEqual([]);
});
