/** Moving one beat: it stays the beat that it is, and so do all others. */
import type { Beat } from '../api/types';

/** As the service takes them: 400 beats a minute. */
const LEAST_APART_SEC = 0.15;
/** More than these one edit cannot hold. */
const MOST_PINS = 4000;

interface Pin {
  time_sec: number;
  bar: number;
  position_in_bar: number;
}

/** Find the beat at a moment; -1 for none that is near. */
export function beatAt(beats: readonly Beat[], sec: number, withinSec: number): number {
  let nearest = -1;
  let least = withinSec;
  for (const [at, beat] of beats.entries()) {
    const distance = Math.abs((beat.time_sec ?? 0) - sec);
    if (distance > least) continue;
    least = distance;
    nearest = at;
  }
  return nearest;
}

/** Keep a beat between its neighbours, as far from them as anybody counts. */
export function keptApart(beats: readonly Beat[], at: number, sec: number): number {
  const before = beats[at - 1]?.time_sec;
  const after = beats[at + 1]?.time_sec;
  const least = before === undefined ? 0 : before + LEAST_APART_SEC;
  const most = after === undefined ? Infinity : after - LEAST_APART_SEC;
  // Where there is no room for it, it stays.
  if (least > most) return beats[at]?.time_sec ?? sec;
  return Math.min(Math.max(least, sec), most);
}

/**
 * Pin all beats, one of them elsewhere.
 *
 * With fewer pins the service would look for the others anew, and move those that a person mended.
 *
 * @param at which is moved
 * @returns of a very long recording those around it
 */
export function pinsOf(beats: readonly Beat[], at: number, sec: number): Pin[] {
  const first = Math.max(0, Math.min(at - MOST_PINS / 2, beats.length - MOST_PINS));
  return beats.slice(first, first + MOST_PINS).map((beat, index) => ({
    time_sec: first + index === at ? Math.round(sec * 1e6) / 1e6 : (beat.time_sec ?? 0),
    bar: beat.bar ?? 0,
    position_in_bar: beat.position_in_bar ?? 1,
  }));
}
