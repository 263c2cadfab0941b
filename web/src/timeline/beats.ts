/** Taking hold of a beat, and how far it can go. */
import type { Beat } from '../api/types';

/** As the service takes them: 400 beats a minute. */
const LEAST_APART_SEC = 0.15;

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
