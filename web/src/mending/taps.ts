/** Taps along with a recording: which belong together, and how fast they are. */

/** After so long a pause another try begins, seconds. */
const PAUSE_SEC = 2.5;
/** So many are needed before they say anything. */
export const FEWEST_TAPS = 4;
/** Nobody taps twice within so short a time: the finger bounced. */
const BOUNCE_SEC = 0.1;
/** Spread of the gaps, share of a beat, above which taps are called uneven. */
const UNEVEN = 0.12;
/** Tempi are alike when they differ by less than this share. */
const ALIKE = 0.08;

/**
 * Add a tap to those before it.
 *
 * @param tapsSec in order, seconds of the recording
 * @returns a new list; it begins anew where the cursor went back or the tapping paused
 */
export function withTap(tapsSec: readonly number[], sec: number): number[] {
  const last = tapsSec.at(-1);
  if (last === undefined || sec < last || sec - last > PAUSE_SEC) return [sec];
  if (sec - last < BOUNCE_SEC) return [...tapsSec];
  return [...tapsSec, sec];
}

export interface TapStats {
  tempoBpm: number;
  /** Median deviation of the gaps, share of a beat. */
  spread: number;
}

/** Tell the tempo of taps; null for fewer than two. */
export function statsOf(tapsSec: readonly number[]): TapStats | null {
  const gaps = tapsSec.slice(1).map((sec, at) => sec - (tapsSec[at] ?? sec));
  if (gaps.length === 0) return null;
  const gapSec = median(gaps);
  if (gapSec <= 0) return null;
  return {
    tempoBpm: 60 / gapSec,
    spread: median(gaps.map((one) => Math.abs(one - gapSec))) / gapSec,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

/** Say what the taps are, beside the tempo that is there now. */
export function tapWords(tapsSec: readonly number[], nowBpm: number | null): string {
  const stats = statsOf(tapsSec);
  if (stats === null) return tapsSec.length === 0 ? '' : '1 tap';
  const words = [`${tapsSec.length} taps`, `♩ = ${Math.round(stats.tempoBpm)}`];
  if (tapsSec.length < FEWEST_TAPS) words.push(`${FEWEST_TAPS - tapsSec.length} more`);
  else if (stats.spread > UNEVEN) words.push('uneven: go on, or begin again');
  else {
    const than = comparedTo(stats.tempoBpm, nowBpm);
    if (than !== '') words.push(than);
  }
  return words.join(' · ');
}

function comparedTo(tempoBpm: number, nowBpm: number | null): string {
  if (nowBpm === null) return '';
  const ratio = tempoBpm / nowBpm;
  const isNear = (to: number) => Math.abs(ratio / to - 1) < ALIKE;
  if (isNear(1)) return 'as it is now';
  if (isNear(2)) return 'twice what it is now';
  if (isNear(0.5)) return 'half of what it is now';
  return `it is ${Math.round(nowBpm)} now`;
}
