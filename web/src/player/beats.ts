/** Metronome and count-in: which beats click, and when. */
import { lastAtOrBefore } from '../time/bars';
import type { Metronome, PlayedBeat } from './player';
import type { Span } from './timeline';

export interface Click {
  /** Audio clock, seconds. */
  atSec: number;
  isAccent: boolean;
}

export interface CountIn {
  /** Seconds from the start of the count to each click. */
  clicks: Click[];
  /** How long it lasts until the music starts, seconds of the clock. */
  lengthSec: number;
}

/** Whether a beat clicks: in jazz the hands clap on the even ones, in three on the last two. */
export function clicksOn(metronome: Metronome, position: number, beatsInBar: number): boolean {
  if (metronome === 'off') return false;
  if (metronome === 'all beats') return true;
  return beatsInBar === 3 ? position >= 2 : position % 2 === 0;
}

/** Count the beats of the bar that a beat lies in: its last one says it, in a pickup, too. */
export function beatsInBarAt(beats: readonly PlayedBeat[], index: number): number {
  const next = beats.findIndex((one, at) => at > index && one.position === 1);
  if (next > 0) return beats[next - 1]?.position ?? 1;
  // The recording may end within its last bar: then the bar before it knows better.
  const begun = beats.findLastIndex((one, at) => at <= index && one.position === 1);
  return Math.max(beats.at(-1)?.position ?? 1, beats[begun - 1]?.position ?? 1);
}

/** Find the clicks of the beats that sound in some spans. */
export function metronomeClicks(
  spans: readonly Span[],
  beats: readonly PlayedBeat[],
  metronome: Metronome,
): Click[] {
  if (metronome === 'off') return [];
  return spans.flatMap((span) => {
    const clicks: Click[] = [];
    const first = firstAtOrAfter(beats, span.fromSec, (one) => one.sec);
    for (let index = first; index < beats.length; index += 1) {
      const beat = beats[index];
      if (beat === undefined || beat.sec >= span.toSec) break;
      if (!clicksOn(metronome, beat.position, beatsInBarAt(beats, index))) continue;
      clicks.push({
        atSec: span.atSec + (beat.sec - span.fromSec) / span.rate,
        isAccent: metronome === 'all beats' && beat.position === 1,
      });
    }
    return clicks;
  });
}

/**
 * Count one bar before a start, at the tempo that is there.
 *
 * The clicks lie on the grid of the beats, so that a lick that starts off the beat does so after
 * the count, too.
 *
 * @param rate speed of the playback
 * @returns null where fewer than two beats are known: there is no tempo to count
 */
export function countInBefore(
  startSec: number,
  beats: readonly PlayedBeat[],
  rate: number,
): CountIn | null {
  if (beats.length < 2) return null;
  const found = firstAtOrAfter(beats, startSec - SAME_SEC, (one) => one.sec);
  const anchorAt = Math.min(found, beats.length - 1);
  const anchor = beats[anchorAt];
  if (anchor === undefined) return null;
  const beatsInBar = beatsInBarAt(beats, anchorAt);
  const periodSec = periodAfter(beats, anchorAt, beatsInBar);
  const barSec = beatsInBar * periodSec;
  // How many beats before the anchor the last click lies: at least one, and before the start.
  const last = Math.floor((anchor.sec - startSec + SAME_SEC) / periodSec) + 1;
  const clicks: Click[] = [];
  for (let step = last + beatsInBar - 1; step >= last; step -= 1) {
    const sec = anchor.sec - step * periodSec;
    const position = modulo(anchor.position - 1 - step, beatsInBar) + 1;
    clicks.push({
      atSec: Math.max(0, sec - startSec + barSec) / rate,
      isAccent: position === 1,
    });
  }
  return { clicks, lengthSec: barSec / rate };
}

/** Mean time from beat to beat in the bar that begins at one; at the end, in the bar before. */
function periodAfter(beats: readonly PlayedBeat[], index: number, beatsInBar: number): number {
  const to = Math.min(index + beatsInBar, beats.length - 1);
  const from = to > index ? index : Math.max(0, to - beatsInBar);
  return ((beats[to]?.sec ?? 0) - (beats[from]?.sec ?? 0)) / (to - from);
}

/** Starts nearer to a beat than this are on it. */
const SAME_SEC = 0.03;

/** Find the first of some ordered things that is not before a moment; their number if none. */
export function firstAtOrAfter<T>(items: readonly T[], sec: number, timeOf: (one: T) => number) {
  let at = lastAtOrBefore(items, sec, timeOf);
  // Of those at the very moment the first.
  while (at >= 0 && timeOf(items[at] as T) >= sec) at -= 1;
  return at + 1;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
