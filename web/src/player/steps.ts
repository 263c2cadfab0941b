/** Places that keys go to, and how places and keys of music are written. */
import { type Bar, barAt, lastAtOrBefore } from '../time/bars';

/** Without beats a step is a second. */
const STEP_SEC = 1;
/** Whoever has just passed a beat and steps back wants the one before it. */
const JUST_PASSED_SEC = 0.25;

/** Find the place one step away in some ordered places. */
function step(places: readonly number[], sec: number, direction: 1 | -1, isMoving: boolean) {
  if (direction === 1) return places.find((one) => one > sec + SAME_SEC);
  const before = sec - (isMoving ? JUST_PASSED_SEC : SAME_SEC);
  return places[lastAtOrBefore(places, before, (one) => one)];
}

const SAME_SEC = 1e-3;

/**
 * Find the place one beat away.
 *
 * @param isMoving whether it plays: then a step back leaves the beat that has just begun
 */
export function beatStep(bars: readonly Bar[], sec: number, direction: 1 | -1, isMoving: boolean) {
  const beats = bars.flatMap((one) => one.beatSecs);
  return step(beats, sec, direction, isMoving) ?? sec + direction * STEP_SEC;
}

/** Find the place one bar away. */
export function barStep(bars: readonly Bar[], sec: number, direction: 1 | -1, isMoving: boolean) {
  const starts = bars.map((one) => one.onsetSec);
  return step(starts, sec, direction, isMoving) ?? sec + direction * 4 * STEP_SEC;
}

/** Write a place as minutes and seconds. */
export function minutesOf(sec: number): string {
  const whole = Math.floor(Math.max(0, sec));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Say which bars a stretch lies in: `bar 5` or `bars 5–8`; its seconds where there are none. */
export function barsNamed(bars: readonly Bar[], fromSec: number, toSec: number): string {
  // A stretch that begins a hair before a bar or ends a hair after one does not count that bar.
  const first = barAt(bars, fromSec + SLACK_SEC);
  const last = barAt(bars, toSec - SLACK_SEC);
  if (first === null || last === null) return `${minutesOf(fromSec)}–${minutesOf(toSec)}`;
  if (first.number === last.number) return `bar ${first.number}`;
  return `bars ${first.number}–${last.number}`;
}

const SLACK_SEC = 0.08;

const PITCH_CLASSES: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const KEY_NAMES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

/**
 * Name what a transposition makes of a key.
 *
 * @param key as the analysis writes it, such as `Bb:major`; null if it is not known
 * @returns such as `C (+2)`, with real flats; only the number without a key
 */
export function keyNamed(key: string | null, semitones: number): string {
  const number = semitones > 0 ? `+${semitones}` : String(semitones).replace('-', '−');
  const name = tonicNamed(key, semitones);
  return name === null ? number : `${name} (${number})`;
}

/** Name a key some semitones higher, such as `E♭` or `Cm`; null if it is not known. */
export function tonicNamed(key: string | null, semitones: number): string | null {
  const [tonic, mode] = (key ?? '').split(':');
  const pitchClass = pitchClassOf(tonic ?? '');
  if (pitchClass === null) return null;
  const higher = (((pitchClass + semitones) % 12) + 12) % 12;
  const name = semitones === 0 ? tonic : KEY_NAMES[higher];
  const shown = (name ?? '').replace('b', '♭').replace('#', '♯');
  return `${shown}${mode === 'minor' ? 'm' : ''}`;
}

function pitchClassOf(tonic: string): number | null {
  const natural = PITCH_CLASSES[tonic.charAt(0)];
  if (natural === undefined) return null;
  const alteration = { '': 0, b: -1, '#': 1 }[tonic.slice(1)];
  return alteration === undefined ? null : (natural + alteration + 12) % 12;
}
