/** Notes cut out of a solo, to be played from their beginning. */
import type { PlayedNote } from '../player/player';

interface SoundingNote {
  onset_sec: number;
  offset_sec: number;
  pitch_midi: number;
  velocity?: number;
}

/** Of notes that say none. */
const VELOCITY = 88;

/** Give notes to the player, the first of them at 0 seconds. */
export function fromZero(notes: readonly SoundingNote[]): PlayedNote[] {
  const start = notes[0]?.onset_sec ?? 0;
  return notes.map((one) => ({
    onsetSec: one.onset_sec - start,
    offsetSec: one.offset_sec - start,
    pitchMidi: one.pitch_midi,
    velocity: one.velocity ?? VELOCITY,
  }));
}

/** Cut the notes of a match out of its solo; both ends are included. */
export function sliced<T extends SoundingNote>(
  notes: readonly T[],
  match: { first_note: number; last_note: number },
): T[] {
  return notes.slice(match.first_note, match.last_note + 1);
}

/** How long notes that begin at 0 sound. */
export function lengthSec(notes: readonly PlayedNote[]): number {
  return Math.max(0, ...notes.map((one) => one.offsetSec));
}

/** Put notes after others, with some silence between them. */
export function oneAfterAnother(
  first: readonly PlayedNote[],
  second: readonly PlayedNote[],
  gapSec: number,
): PlayedNote[] {
  const shift = lengthSec(first) + gapSec;
  return [
    ...first,
    ...second.map((one) => ({
      ...one,
      onsetSec: one.onsetSec + shift,
      offsetSec: one.offsetSec + shift,
    })),
  ];
}
