/** What lies under the pointer on the piano roll. */
import type { Note } from '../api/types';
import type { Axis } from './marks';
import { isSaved } from './note_changes';
import type { PitchScale } from './pitches';

export interface NoteHit {
  note: Note;
  part: 'start' | 'body' | 'end';
}

const EDGE_PX = 7;

/**
 * Find the note at a place of the roll.
 *
 * @param notes as they are drawn: of those that overlap the last one is on top
 * @param slopPx how far beside a note it is still meant; fingers are wider than mice
 * @returns the nearest; null for none. A note that is too short for three parts has a body only.
 */
export function noteAt(
  notes: readonly Note[],
  axis: Axis,
  scale: PitchScale,
  x: number,
  y: number,
  slopPx: number,
): NoteHit | null {
  let best: NoteHit | null = null;
  let nearest = Infinity;
  for (const note of notes) {
    if (!isSaved(note)) continue;
    const [left, right] = [axis.xOf(note.onset_sec), axis.xOf(note.offset_sec)];
    const top = scale.topOf(note.pitch_midi);
    const aside = Math.max(0, left - x, x - right);
    const above = Math.max(0, top - y, y - top - scale.rowPx);
    const distance = Math.hypot(aside, above);
    if (aside > slopPx || above > slopPx || distance > nearest) continue;
    nearest = distance;
    best = { note, part: partAt(x, left, right) };
  }
  return best;
}

function partAt(x: number, left: number, right: number): NoteHit['part'] {
  const edge = Math.min(EDGE_PX, (right - left) / 4);
  if (right - left < EDGE_PX) return 'body';
  if (x <= left + edge) return 'start';
  return x >= right - edge ? 'end' : 'body';
}

/** Find the notes that are at least partly in a rectangle of the roll. */
export function notesIn(
  notes: readonly Note[],
  axis: Axis,
  scale: PitchScale,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Note[] {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return notes.filter((one) => {
    const y = scale.topOf(one.pitch_midi);
    const isBeside = axis.xOf(one.offset_sec) < left || axis.xOf(one.onset_sec) > right;
    return !isBeside && y <= bottom && y + scale.rowPx >= top;
  });
}
