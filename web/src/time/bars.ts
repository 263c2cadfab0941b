/** Bars in seconds of the recording, from the beats that were heard or mended. */
import type { Analysis } from '../api/types';

export interface Bar {
  /** As the beats count it; 0 is the pickup. */
  number: number;
  onsetSec: number;
  offsetSec: number;
  /** When its beats fall. */
  beatSecs: number[];
  /** Position in the bar of the first of them, from 1: a pickup begins later than on 1. */
  firstPosition: number;
  /** Chorus that begins with it, where one does. */
  chorus: number | null;
  /** Section of the form that begins with it, such as `A`; empty for none. */
  section: string;
}

/**
 * Group beats into bars.
 *
 * @param analysis beats in order, with bar and position; form where one was found
 * @returns in order; none where no pulse was heard. The last bar lasts as long as its beats do.
 */
export function barsOf(analysis: Pick<Analysis, 'beats' | 'form'>): Bar[] {
  const bars: Bar[] = [];
  for (const beat of analysis.beats ?? []) {
    const sec = beat.time_sec ?? 0;
    const number = beat.bar ?? 0;
    let bar = bars.at(-1);
    if (bar === undefined || bar.number !== number) {
      if (bar !== undefined) bar.offsetSec = sec;
      bar = {
        number,
        onsetSec: sec,
        offsetSec: sec,
        beatSecs: [],
        firstPosition: beat.position_in_bar ?? 1,
        chorus: null,
        section: '',
      };
      bars.push(bar);
    }
    bar.beatSecs.push(sec);
  }
  const last = bars.at(-1);
  if (last !== undefined) last.offsetSec = endOf(last, bars.at(-2));
  markForm(bars, analysis.form);
  return bars;
}

function endOf(bar: Bar, before: Bar | undefined): number {
  const [first, second] = bar.beatSecs.slice(-2);
  if (first !== undefined && second !== undefined) return second + (second - first);
  const one = first ?? bar.onsetSec;
  if (before === undefined) return one + 1;
  return one + (before.offsetSec - before.onsetSec) / Math.max(1, before.beatSecs.length);
}

function markForm(bars: Bar[], form: Analysis['form']): void {
  if (form == null) return;
  const byNumber = new Map(bars.map((one) => [one.number, one]));
  for (const chorus of form.choruses) {
    const first = byNumber.get(chorus.first_bar);
    if (first !== undefined) first.chorus = chorus.number;
    for (const section of form.sections) {
      const bar = byNumber.get(chorus.first_bar + section.first_bar - 1);
      if (bar !== undefined) bar.section = section.label;
    }
  }
}

/**
 * Find the last of some ordered times that is not after a moment.
 *
 * @returns its index, -1 if all are later
 */
export function lastAtOrBefore<T>(items: readonly T[], sec: number, timeOf: (one: T) => number) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && timeOf(item) <= sec) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Find the bar that sounds at a moment; before the first one and after the last one none. */
export function barAt(bars: readonly Bar[], sec: number): Bar | null {
  const bar = bars[lastAtOrBefore(bars, sec, (one) => one.onsetSec)];
  return bar !== undefined && sec < bar.offsetSec ? bar : null;
}

/** Find the beat nearest to a moment; null where there are none. */
export function nearestBeatSec(bars: readonly Bar[], sec: number): number | null {
  let best: number | null = null;
  const at = lastAtOrBefore(bars, sec, (one) => one.onsetSec);
  for (const bar of bars.slice(Math.max(0, at - 1), at + 3)) {
    for (const beat of bar.beatSecs) {
      if (best === null || Math.abs(beat - sec) < Math.abs(best - sec)) best = beat;
    }
  }
  return best;
}
