/** Which notes of the transcription begin in a stretch, and when they sound. */
import { firstAtOrAfter } from './beats';
import type { Loop, PlayedNote } from './player';
import type { Span } from './timeline';

export interface TimedNote {
  /** Audio clock, seconds. */
  atSec: number;
  /** Seconds of the clock. */
  lengthSec: number;
  pitchMidi: number;
  velocity: number;
}

/**
 * Find the notes that begin in a span.
 *
 * @param notes in the order of their onsets
 * @param loop notes end with it
 */
export function notesIn(
  span: Span,
  notes: readonly PlayedNote[],
  loop: Loop | null = null,
): TimedNote[] {
  const found: TimedNote[] = [];
  for (let at = firstAtOrAfter(notes, span.fromSec, (one) => one.onsetSec); ; at += 1) {
    const note = notes[at];
    if (note === undefined || note.onsetSec >= span.toSec) return found;
    const isLooped = loop !== null && note.onsetSec < loop.toSec;
    const endSec = isLooped ? Math.min(note.offsetSec, loop.toSec) : note.offsetSec;
    found.push({
      atSec: span.atSec + (note.onsetSec - span.fromSec) / span.rate,
      lengthSec: (endSec - note.onsetSec) / span.rate,
      pitchMidi: note.pitchMidi,
      velocity: note.velocity,
    });
  }
}
