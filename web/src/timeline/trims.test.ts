import { describe, expect, it } from 'vitest';
import type { Note } from '../api/types';
import { askedStretch, dragEdge, shownStretch, spanOf, stepEdge } from './trims';

const notes: Note[] = [0, 1, 2, 3, 4, 5].map((at) => ({
  id: `n${at}`,
  onset_sec: at,
  // Legato: each sounds a little into the next.
  offset_sec: at + 1.1,
  pitch_midi: 60 + at,
  velocity: 80,
  confidence: 1,
}));

describe('the notes of a lick', () => {
  it('are found by their ids', () => {
    expect(spanOf({ note_ids: ['n1', 'n2', 'n3'] }, notes)).toEqual({ first: 1, last: 3 });
    expect(spanOf({ note_ids: ['gone'] }, notes)).toBeNull();
  });

  it('are exactly those that begin in the stretch that is asked for', () => {
    const { from_sec, to_sec } = askedStretch({ first: 1, last: 3 }, notes);
    const begin = notes.filter((one) => one.onset_sec >= from_sec && one.onset_sec < to_sec);
    expect(begin.map((one) => one.id)).toEqual(['n1', 'n2', 'n3']);
    expect(shownStretch({ first: 1, last: 3 }, notes)).toEqual({ fromSec: 1, toSec: 4.1 });
  });
});

describe('moving its ends', () => {
  const span = { first: 1, last: 4 };

  it('goes from note to note, as far as there are notes', () => {
    expect(stepEdge(span, 'end', 1, 6)).toEqual({ first: 1, last: 5 });
    expect(stepEdge(span, 'end', 9, 6)).toEqual({ first: 1, last: 5 });
    expect(stepEdge(span, 'start', -9, 6)).toEqual({ first: 0, last: 4 });
  });

  it('leaves three notes', () => {
    expect(stepEdge(span, 'start', 9, 6)).toEqual({ first: 2, last: 4 });
    expect(stepEdge(span, 'end', -9, 6)).toEqual({ first: 1, last: 3 });
  });

  it('goes to the onset, or the end, that is nearest to the pointer', () => {
    expect(dragEdge(span, 'start', 0.2, notes)).toEqual({ first: 0, last: 4 });
    expect(dragEdge(span, 'end', 5.9, notes)).toEqual({ first: 1, last: 5 });
  });
});
