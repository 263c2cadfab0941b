/** A loop in time: the beats at its end go on where those at its start began. */
import type { Loop } from '../player/player';
import { type Bar, lastAtOrBefore } from '../time/bars';

/** A stretch that ends so little after a bar's length is a bar long, beats. */
const SLACK_BEATS = 0.15;

/**
 * Lengthen a stretch to whole bars, counted from where it starts, wherever in the bar that is.
 *
 * A lick from the last beat of bar 4 to the second of bar 6 loops until the last beat of bar 6:
 * the pulse goes on, and there is time to breathe.
 *
 * @param bars in order, with their beats; without them, and at the end of the music, the stretch
 *   stays as it is
 */
export function inPulse(stretch: Loop, bars: readonly Bar[]): Loop {
  const beats = bars.flatMap((one) => one.beatSecs);
  const perBar = Math.max(0, ...bars.map((one) => one.beatSecs.length));
  const from = beatOf(beats, stretch.fromSec);
  const to = beatOf(beats, stretch.toSec);
  if (from === null || to === null || perBar === 0) return stretch;
  const nBars = Math.max(1, Math.ceil((to - from - SLACK_BEATS) / perBar));
  const toSec = secOf(beats, from + nBars * perBar);
  return toSec === null ? stretch : { fromSec: stretch.fromSec, toSec };
}

/**
 * Tell the tempo of a stretch from its beats.
 *
 * @returns beats a minute; null where there are no two of them near
 */
export function tempoOf(stretch: Loop, bars: readonly Bar[]): number | null {
  const beats = bars.flatMap((one) => one.beatSecs);
  const from = beatOf(beats, stretch.fromSec);
  const to = beatOf(beats, stretch.toSec);
  if (from === null || to === null || to <= from) return null;
  return (60 * (to - from)) / (stretch.toSec - stretch.fromSec);
}

/** Place of a moment, counted in beats from the first one. */
function beatOf(beats: readonly number[], sec: number): number | null {
  const at = Math.max(
    0,
    lastAtOrBefore(beats, sec, (one) => one),
  );
  const [first, second] = beats.slice(Math.min(at, beats.length - 2));
  if (first === undefined || second === undefined || second <= first) return null;
  return Math.min(at, beats.length - 2) + (sec - first) / (second - first);
}

function secOf(beats: readonly number[], beat: number): number | null {
  const at = Math.floor(beat);
  const first = beats[at];
  if (first === undefined) return null;
  const second = beats[at + 1];
  if (second === undefined) return beat - at < 1e-6 ? first : null;
  return first + (beat - at) * (second - first);
}
