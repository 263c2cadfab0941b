import { describe, expect, it } from 'vitest';
import type { DrawnLine } from '../score/drawing';
import type { SheetNote } from '../score/sheet';
import { KINDS, type NoteMark, SIGNS, signsOf } from './signs';

const line: DrawnLine = {
  width: 4000,
  height: 1500,
  top: 300,
  bottom: 1100,
  bars: [],
  heads: new Map([
    ['h1', { noteId: 'a', x: 1000, y: 500 }],
    ['h2', { noteId: 'a', x: 1500, y: 500 }],
    ['h3', { noteId: 'b', x: 2000, y: 700 }],
  ]),
  chords: [],
};

function drawn(id: string, heads: string[]): SheetNote {
  return {
    id,
    heads,
    bar: 1,
    onset_quarter: 0,
    onset_sec: 0,
    offset_sec: 1,
    pitch_midi: 60,
    name: 'C4',
    confidence: 1,
    is_doubtful: false,
    is_grace: false,
    in_lick: true,
  };
}

function marked(id: string, kind: NoteMark['kind']): NoteMark {
  return {
    note_id: id,
    kind,
    expected_sec: 0,
    expected_midi: 60,
    heard_id: null,
    heard_midi: null,
    deviation_ms: null,
  };
}

const notes = [drawn('a', ['h1', 'h2']), drawn('b', ['h3']), drawn('c', ['elsewhere'])];

describe('signsOf', () => {
  it('places one sign below the first head of each note of the line', () => {
    const pass = {
      notes: [marked('a', 'right'), marked('b', 'late'), marked('c', 'missed')],
      extras: [],
    };
    const signs = signsOf(line, notes, pass);
    expect(signs.map((one) => [one.noteId, one.kind, one.x])).toEqual([
      ['a', 'right', 1000],
      ['b', 'late', 2000],
    ]);
    expect(signs.every((one) => one.y > line.height)).toBe(true);
  });

  it('places notes too many behind the note that they follow, once', () => {
    const extra = { heard_id: 'x', onset_sec: 1, pitch_midi: 60 };
    const extras = ['a', 'a', 'b'].map((id) => ({ ...extra, after_note_id: id }));
    const signs = signsOf(line, notes, { notes: [], extras });
    expect(signs.map((one) => [one.kind, one.x])).toEqual([
      ['extra', 1500],
      ['extra', 2165],
    ]);
  });

  it('leaves out what is not marked', () => {
    expect(signsOf(line, notes, { notes: [], extras: [] })).toEqual([]);
  });
});

it('tells every kind by a shape of its own', () => {
  expect(new Set(KINDS.map((one) => SIGNS[one].path)).size).toBe(7);
  expect(new Set(KINDS.map((one) => SIGNS[one].meaning)).size).toBe(7);
});
