/** What a place of the score stands for: notes under a finger, a stretch that is dragged over. */
import type { Stretch } from '../solo/solo.svelte';
import { STAFF_SPACE } from './drawing';
import type { SheetNote } from './sheet';
import type { Anchor } from './track';

/** A place in a line, in the coordinates of its drawing. */
export interface Spot {
  line: number;
  x: number;
}

/** How far a finger may be from a head and still mean it. */
const REACH = STAFF_SPACE * 1.4;

/** Find the moment that is written nearest to a place of its line. */
export function nearestAnchor(track: readonly Anchor[], spot: Spot): Anchor | null {
  let best: Anchor | null = null;
  for (const one of track) {
    if (one.line !== spot.line) continue;
    if (best === null || Math.abs(one.x - spot.x) < Math.abs(best.x - spot.x)) best = one;
  }
  return best;
}

/** Find the note whose head is at a place, whatever its height; null between notes. */
export function noteNear(track: readonly Anchor[], spot: Spot): string | null {
  const heads = track.filter((one) => one.noteId !== null);
  const nearest = nearestAnchor(heads, spot);
  return nearest !== null && Math.abs(nearest.x - spot.x) <= REACH ? nearest.noteId : null;
}

/**
 * Find what is dragged over: from a note or a beat to the end of another.
 *
 * @returns null where nothing is written
 */
export function stretchBetween(
  track: readonly Anchor[],
  notes: ReadonlyMap<string, SheetNote>,
  one: Spot,
  other: Spot,
): Stretch | null {
  const a = nearestAnchor(track, one);
  const b = nearestAnchor(track, other);
  if (a === null || b === null) return null;
  const [first, last] = a.sec <= b.sec ? [a, b] : [b, a];
  const note = last.noteId === null ? undefined : notes.get(last.noteId);
  const toSec = note?.offset_sec ?? last.sec;
  return toSec > first.sec ? { fromSec: first.sec, toSec } : null;
}

/** Find the notes that sound at a moment. */
export function soundingAt(notes: readonly SheetNote[], sec: number): string[] {
  return notes.filter((one) => one.onset_sec <= sec && sec < one.offset_sec).map((one) => one.id);
}

/**
 * Find the note before or after.
 *
 * @param fromId of the note one is on; null to start from a moment
 */
export function stepFrom(
  notes: readonly SheetNote[],
  fromId: string | null,
  sec: number,
  step: 1 | -1,
): SheetNote | null {
  const at = notes.findIndex((one) => one.id === fromId);
  if (at >= 0) return notes[at + step] ?? null;
  if (step === 1) return notes.find((one) => one.onset_sec >= sec) ?? null;
  return notes.findLast((one) => one.onset_sec < sec) ?? null;
}
