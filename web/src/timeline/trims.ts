/** Moving the ends of a lick from note to note. */
import type { Lick, Note } from '../api/types';

/** Fewer are no lick. */
const LEAST_NOTES = 3;
/** The service takes the notes that begin in a stretch; rounding must not lose its first one. */
const ROOM_SEC = 0.0005;

export type Edge = 'start' | 'end';

/** Keys that move an end by a note. Not arrows with Alt: they are the browser's Back and Forward. */
export const TRIM_KEYS: readonly { key: string; edge: Edge; by: 1 | -1 }[] = [
  { key: '(', edge: 'start', by: -1 },
  { key: ')', edge: 'start', by: 1 },
  { key: '{', edge: 'end', by: -1 },
  { key: '}', edge: 'end', by: 1 },
];

/** Notes of a solo from one to another, both included, by their places. */
export interface Span {
  first: number;
  last: number;
}

/** Find the notes of a lick among those of its solo; null when they are gone. */
export function spanOf(lick: Pick<Lick, 'note_ids'>, notes: readonly Note[]): Span | null {
  const ids = new Set(lick.note_ids);
  const first = notes.findIndex((one) => ids.has(one.id));
  const last = notes.findLastIndex((one) => ids.has(one.id));
  return first < 0 ? null : { first, last };
}

/** Move an end by some notes, as far as there are any, and enough are left. */
export function stepEdge(span: Span, edge: Edge, by: number, nNotes: number): Span {
  if (edge === 'start') {
    const first = Math.min(Math.max(0, span.first + by), span.last - LEAST_NOTES + 1);
    return { ...span, first: Math.max(0, first) };
  }
  const last = Math.max(
    Math.min(nNotes - 1, span.last + by),
    Math.min(nNotes - 1, span.first + LEAST_NOTES - 1),
  );
  return { ...span, last };
}

/** Move an end to the note that begins, or ends, nearest to a moment. */
export function dragEdge(span: Span, edge: Edge, sec: number, notes: readonly Note[]): Span {
  let nearest = 0;
  let least = Infinity;
  for (const [at, note] of notes.entries()) {
    const distance = Math.abs((edge === 'start' ? note.onset_sec : note.offset_sec) - sec);
    if (distance >= least) continue;
    least = distance;
    nearest = at;
  }
  const now = edge === 'start' ? span.first : span.last;
  return stepEdge(span, edge, nearest - now, notes.length);
}

/** Give what is shown: from the first note's onset to the end of the last one. */
export function shownStretch(
  span: Span,
  notes: readonly Note[],
): { fromSec: number; toSec: number } {
  const [first, last] = [notes[span.first], notes[span.last]];
  return { fromSec: first?.onset_sec ?? 0, toSec: last?.offset_sec ?? 0 };
}

/** Give what the service is asked for, so that exactly these notes begin in it. */
export function askedStretch(
  span: Span,
  notes: readonly Note[],
): { from_sec: number; to_sec: number } {
  const { fromSec, toSec } = shownStretch(span, notes);
  const lastOnset = notes[span.last]?.onset_sec ?? fromSec;
  const next = notes[span.last + 1]?.onset_sec ?? Infinity;
  const to = Math.max(lastOnset + ROOM_SEC, Math.min(toSec, next - ROOM_SEC));
  return { from_sec: Math.max(0, fromSec - ROOM_SEC), to_sec: to };
}
