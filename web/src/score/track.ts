/** Where a moment of the recording stands in the score, and what moment a place is. */
import { lastAtOrBefore } from '../time/bars';
import { type DrawnBar, type DrawnLine, STAFF_SPACE } from './drawing';
import type { SheetBar, SheetNote } from './sheet';

/** A moment whose place is known; x in the coordinates of its line's drawing. */
export interface Anchor {
  sec: number;
  line: number;
  x: number;
  /** Of the note whose head stands there. */
  noteId: string | null;
}

/** Between the end of a line and a head that begins the next one. */
const EDGE_SEC = 1e-4;

interface Point {
  quarter: number;
  x: number;
  /** Whose head it is. */
  note: SheetNote | null;
}

/**
 * Tie moments to places: heads to when they are played, beats between them to when they fall.
 *
 * A swung eighth is written in the middle of its beat and played later; the cursor is on its head
 * when it sounds.
 *
 * @returns by time; on a line x never falls
 */
export function trackOf(
  bars: readonly SheetBar[],
  notes: readonly SheetNote[],
  lines: readonly DrawnLine[],
): Anchor[] {
  const notesOf = new Map<number, SheetNote[]>();
  for (const note of notes) {
    const there = notesOf.get(note.bar);
    if (there === undefined) notesOf.set(note.bar, [note]);
    else there.push(note);
  }
  const anchors: Anchor[] = [];
  bars.forEach((bar, at) => {
    const line = lines[bar.line];
    const drawn = line?.bars.find((one) => one.number === bar.number);
    if (line === undefined || drawn === undefined) return;
    const points = pointsOf(bar, notesOf.get(bar.number) ?? [], line, drawn);
    for (const one of momentsOf(bar, points)) add(anchors, { ...one, line: bar.line });
    const next = bars[at + 1];
    if (next?.line !== bar.line) {
      add(anchors, { sec: bar.offset_sec, line: bar.line, x: drawn.right, noteId: null });
    }
  });
  return anchors;
}

/** Places in a bar, by what is written: heads, names of chords, its beginning and its end. */
function pointsOf(
  bar: SheetBar,
  notes: readonly SheetNote[],
  line: DrawnLine,
  drawn: DrawnBar,
): Point[] {
  const points: Point[] = [];
  for (const note of notes) {
    const head = line.heads.get(note.heads[0] ?? '');
    if (head === undefined) continue;
    points.push({ quarter: note.onset_quarter, x: head.x, note });
  }
  for (const chord of line.chords) {
    const quarter = bar.chords[chord.index]?.onset_quarter;
    if (chord.bar !== bar.number || quarter === undefined) continue;
    if (points.some((one) => isSame(one.quarter, quarter))) continue;
    // Names begin where the head under them does.
    points.push({ quarter, x: Math.max(drawn.contentLeft, chord.x + STAFF_SPACE / 2), note: null });
  }
  if (!points.some((one) => isSame(one.quarter, 0))) {
    points.push({ quarter: 0, x: drawn.contentLeft, note: null });
  }
  points.push({ quarter: bar.length_quarter, x: drawn.right, note: null });
  return points.sort((a, b) => a.quarter - b.quarter || a.x - b.x);
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}

function momentsOf(bar: SheetBar, points: readonly Point[]): Omit<Anchor, 'line'>[] {
  const heads = points.filter((one) => one.note !== null);
  const moments: Omit<Anchor, 'line'>[] = heads.map(({ x, note }) => ({
    sec: note?.onset_sec ?? 0,
    x,
    noteId: note?.id ?? null,
  }));
  const perBeat = bar.length_quarter / Math.max(1, bar.beat_secs.length);
  bar.beat_secs.forEach((sec, at) => {
    const quarter = at * perBeat;
    // A head on the beat is played when it is played, which may be a little earlier or later.
    if (heads.some((one) => Math.abs(one.quarter - quarter) < 0.2)) return;
    moments.push({ sec, x: xOf(points, quarter), noteId: null });
  });
  return moments.sort((a, b) => a.x - b.x || a.sec - b.sec);
}

function xOf(points: readonly Point[], quarter: number): number {
  const at = lastAtOrBefore(points, quarter, (one) => one.quarter);
  const [before, after] = [points[Math.max(0, at)], points[at + 1]];
  if (before === undefined) return 0;
  if (after === undefined || after.quarter <= before.quarter) return before.x;
  const share = (quarter - before.quarter) / (after.quarter - before.quarter);
  return before.x + share * (after.x - before.x);
}

/** Add a moment in the order of writing: beats give way to a head that is played before them. */
function add(anchors: Anchor[], one: Anchor): void {
  let edge: Anchor | null = null;
  let last = anchors.at(-1);
  while (one.noteId !== null && last?.noteId === null && last.sec >= one.sec) {
    if (last.line !== one.line) edge ??= last;
    anchors.pop();
    last = anchors.at(-1);
  }
  // The cursor goes to the end of a line, however early the next one begins.
  if (edge !== null && last !== undefined && last.sec < one.sec - EDGE_SEC) {
    anchors.push({ ...edge, sec: one.sec - EDGE_SEC });
  }
  if (last === undefined || one.sec > last.sec || (one.sec === last.sec && one.line > last.line)) {
    anchors.push(one);
  }
}

/** Find the place of a moment; null before the first one and after the last one. */
export function cursorAt(track: readonly Anchor[], sec: number): Anchor | null {
  const at = lastAtOrBefore(track, sec, (one) => one.sec);
  const [before, after] = [track[at], track[at + 1]];
  if (before === undefined) return null;
  if (after === undefined) return sec === before.sec ? before : null;
  if (after.line !== before.line) return { ...before, sec, noteId: null };
  const share = (sec - before.sec) / (after.sec - before.sec);
  return { ...before, sec, noteId: null, x: before.x + share * (after.x - before.x) };
}

/** Find the moment at a place of a line; null on a line where nothing is played. */
export function secAt(track: readonly Anchor[], line: number, x: number): number | null {
  const here = track.filter((one) => one.line === line);
  const at = lastAtOrBefore(here, x, (one) => one.x);
  const [before, after] = [here[Math.max(0, at)], here[at + 1]];
  if (before === undefined) return null;
  if (at < 0 || after === undefined || after.x <= before.x) return before.sec;
  return before.sec + ((x - before.x) / (after.x - before.x)) * (after.sec - before.sec);
}
