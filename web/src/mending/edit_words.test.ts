import { describe, expect, it } from 'vitest';
import { type Edit, editWords, redoable, undoable } from './edit_words';

function edit(body: Record<string, unknown>, others: Partial<Edit> = {}): Edit {
  return { version: 1, kind: 'grid', edit: body, fit: null, undone: false, ...others } as Edit;
}

describe('an edit in words', () => {
  it.each([
    [{ op: 'tempo', tempo_bpm: 132 }, 'Tempo 132'],
    [{ op: 'halve' }, 'Half as many beats'],
    [{ op: 'shift', beats: -0.5 }, 'Bars begin half a beat earlier'],
    [{ op: 'shift', beats: 1 }, 'Bars begin 1 beat later'],
    [{ op: 'downbeat', time_sec: 12.3 }, 'A bar begins at 0:12'],
    [{ op: 'taps', taps_sec: [1, 2, 3, 4] }, '4 taps'],
    [{ op: 'taps', truncated: true }, 'Beats tapped'],
    [{ op: 'pins', pins: [{ time_sec: 1 }] }, '1 beat put in place'],
    [{ op: 'key', key: 'Bb:major' }, 'Key B♭ major'],
    [{ op: 'chords', chords: [{ symbol: 'Dm7' }, { symbol: 'G7' }] }, 'Chords Dm7 G7'],
    [{ op: 'chords', truncated: true }, 'Chords'],
    [{ op: 'notes', operations: [{ op: 'remove', ids: ['n1', 'n2'] }] }, '2 notes deleted'],
    [{ op: 'notes', operations: [{ op: 'add' }, { op: 'pitch' }] }, '1 note added, 1 changed'],
  ])('%j', (body, words) => {
    expect(editWords(edit(body))).toBe(words);
  });

  it('says how a chart fits', () => {
    const fit = { fit: 0.938, transposition_semitones: 11, start_beat: 16, n_choruses: 4 };
    const chart = edit(
      { op: 'chart', text: 'Title: Ornithology\n| G | Gm7 |' },
      { fit: fit as never },
    );
    expect(editWords(chart)).toBe('Chart “Ornithology”: fits 94 %, 4 choruses, 1 semitone down');
  });
});

it('The last that stands is undone, the first that was undone is made again', () => {
  const edits = [
    edit({ op: 'halve' }),
    edit({ op: 'double' }, { undone: true }),
    edit({ op: 'key', key: 'C' }, { undone: true }),
  ];
  expect(undoable(edits)?.edit).toEqual({ op: 'halve' });
  expect(redoable(edits)?.edit).toEqual({ op: 'double' });
  expect(undoable([])).toBeNull();
});
