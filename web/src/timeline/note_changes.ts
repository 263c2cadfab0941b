/** Edits of notes: what the service is asked, and how the notes look until it has answered. */
import type { paths } from '../api/schema';
import type { Note } from '../api/types';

type Body = NonNullable<paths['/jobs/{job_id}/notes']['patch']['requestBody']>;
export type Operation = Body['content']['application/json']['operations'][number];

/** Shorter than this nobody plays, and nobody could take hold of. */
const LEAST_NOTE_SEC = 0.03;
const HIGHEST_MIDI = 127;
/** Of notes that have not been saved: the service gives them their id. */
const NEW = 'new-';

export function isSaved(note: Pick<Note, 'id'>): boolean {
  return !note.id.startsWith(NEW);
}

/** Show notes as they will be. */
export function applied(notes: readonly Note[], operations: readonly Operation[]): Note[] {
  const changed = operations.reduce<Note[]>(apply, [...notes]);
  return changed.sort((a, b) => a.onset_sec - b.onset_sec || a.pitch_midi - b.pitch_midi);
}

function apply(notes: Note[], operation: Operation): Note[] {
  switch (operation.op) {
    case 'add':
      return [...notes, newNote(operation, `${NEW}${notes.length}`)];
    case 'remove':
      return notes.filter((one) => !operation.ids.includes(one.id));
    case 'pitch':
      return replaced(notes, [operation.id], (one) => ({
        ...one,
        pitch_midi: operation.pitch_midi,
      }));
    case 'transpose':
      return replaced(notes, operation.ids ?? [], (one) => ({
        ...one,
        pitch_midi: one.pitch_midi + operation.semitones,
      }));
    case 'move':
      return replaced(notes, [operation.id], (one) => ({
        ...one,
        onset_sec: operation.onset_sec ?? one.onset_sec,
        offset_sec: operation.offset_sec ?? one.offset_sec,
      }));
    case 'split':
      return notes.flatMap((one) =>
        one.id === operation.id ? halves(one, operation.time_sec) : [one],
      );
    case 'merge':
      return merged(notes, operation.ids);
  }
}

function newNote(
  added: { onset_sec: number; offset_sec: number; pitch_midi: number },
  id: string,
): Note {
  const { onset_sec, offset_sec, pitch_midi } = added;
  return { id, onset_sec, offset_sec, pitch_midi, velocity: 80, confidence: 1 };
}

function replaced(notes: Note[], ids: readonly string[], change: (one: Note) => Note): Note[] {
  return notes.map((one) => (ids.includes(one.id) ? change(one) : one));
}

function halves(note: Note, atSec: number): Note[] {
  return [
    { ...note, offset_sec: atSec },
    { ...note, onset_sec: atSec, id: `${NEW}${note.id}` },
  ];
}

function merged(notes: Note[], ids: readonly string[]): Note[] {
  const parts = notes.filter((one) => ids.includes(one.id));
  const [first] = parts;
  if (first === undefined) return notes;
  const lengthOf = (one: Note) => one.offset_sec - one.onset_sec;
  const longest = parts.reduce((best, one) => (lengthOf(one) > lengthOf(best) ? one : best));
  const whole = {
    ...first,
    pitch_midi: longest.pitch_midi,
    offset_sec: Math.max(...parts.map((one) => one.offset_sec)),
  };
  return [...notes.filter((one) => !ids.includes(one.id)), whole];
}

/** Raise or lower notes, as far as there are keys; nothing to ask where there are none. */
export function transposed(notes: readonly Note[], semitones: number): Operation[] {
  const pitches = notes.map((one) => one.pitch_midi + semitones);
  const reaches = pitches.every((one) => one >= 0 && one <= HIGHEST_MIDI);
  if (notes.length === 0 || semitones === 0 || !reaches) return [];
  return [{ op: 'transpose', semitones, ids: notes.map((one) => one.id) }];
}

/** Move notes, which keep their lengths; not before the beginning. */
export function moved(notes: readonly Note[], bySec: number): Operation[] {
  const earliest = Math.min(...notes.map((one) => one.onset_sec));
  const by = Math.max(bySec, -earliest);
  if (notes.length === 0 || by === 0) return [];
  return notes.map((one) => ({
    op: 'move',
    id: one.id,
    onset_sec: rounded(one.onset_sec + by),
    offset_sec: rounded(one.offset_sec + by),
  }));
}

/** Move one end of a note; it stays long enough to be heard. */
export function resized(note: Note, edge: 'start' | 'end', toSec: number): Operation[] {
  if (edge === 'start') {
    const onset = Math.min(Math.max(0, toSec), note.offset_sec - LEAST_NOTE_SEC);
    return onset === note.onset_sec ? [] : [{ op: 'move', id: note.id, onset_sec: rounded(onset) }];
  }
  const offset = Math.max(toSec, note.onset_sec + LEAST_NOTE_SEC);
  return offset === note.offset_sec
    ? []
    : [{ op: 'move', id: note.id, offset_sec: rounded(offset) }];
}

/** Split the notes that sound at a moment, where both parts are long enough. */
export function splitAt(notes: readonly Note[], sec: number): Operation[] {
  return notes
    .filter(
      (one) => one.onset_sec + LEAST_NOTE_SEC <= sec && sec <= one.offset_sec - LEAST_NOTE_SEC,
    )
    .map((one) => ({ op: 'split', id: one.id, time_sec: rounded(sec) }));
}

/**
 * Join edits that follow one another on the same notes: three times up is three semitones.
 *
 * @returns null where they are none of that kind
 */
export function joined(
  before: readonly Operation[],
  after: readonly Operation[],
): Operation[] | null {
  const [first, last] = [before[0], after[0]];
  if (before.length !== 1 || after.length !== 1) return null;
  if (first?.op !== 'transpose' || last?.op !== 'transpose') return null;
  if (first.ids?.join() !== last.ids?.join()) return null;
  const semitones = first.semitones + last.semitones;
  return semitones === 0 ? [] : [{ ...first, semitones }];
}

/** The service keeps microseconds. */
export function rounded(sec: number): number {
  return Math.round(sec * 1e6) / 1e6;
}
