/** Which bars and beats a view has room for, and where their names go. */
import { type Bar, lastAtOrBefore } from '../time/bars';
import type { TimeView } from '../time/view.svelte';

/** A stretch of time on a drawing. */
export type Axis = Pick<TimeView, 'fromSec' | 'spanSec' | 'toSec' | 'pxPerSec' | 'xOf' | 'secAt'>;

const LEAST_BAR_PX = 10;
/** Where bars are closer than that, the first of so many has a line. */
const BAR_STEPS = [1, 2, 4, 8, 16, 32];
const LEAST_BEAT_PX = 9;
const GAP_PX = 8;

/** Give the bars that are at least partly in view. */
export function barsIn(bars: readonly Bar[], axis: Axis): readonly Bar[] {
  const first = Math.max(
    0,
    lastAtOrBefore(bars, axis.fromSec, (one) => one.onsetSec),
  );
  const last = lastAtOrBefore(bars, axis.toSec, (one) => one.onsetSec);
  return bars.slice(first, last + 1);
}

export interface Lines {
  barsX: number[];
  beatsX: number[];
}

/** Place the lines of bars and of the beats inside them; of those too close to be told apart only some. */
export function linesOf(bars: readonly Bar[], axis: Axis): Lines {
  const seen = barsIn(bars, axis);
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return { barsX: [], beatsX: [] };
  const barPx = ((last.offsetSec - first.onsetSec) / seen.length) * axis.pxPerSec;
  const nBeats = seen.reduce((sum, one) => sum + one.beatSecs.length, 0);
  const beatPx = (barPx * seen.length) / Math.max(1, nBeats);
  const beats = beatPx < LEAST_BEAT_PX ? [] : seen.flatMap((one) => one.beatSecs.slice(1));
  const step = BAR_STEPS.find((one) => one * barPx >= LEAST_BAR_PX);
  const lined = step === undefined ? [] : seen.filter((one) => (one.number - 1) % step === 0);
  return {
    barsX: lined.map((one) => axis.xOf(one.onsetSec)),
    beatsX: beats.map((one) => axis.xOf(one)),
  };
}

export interface Label<T> {
  item: T;
  x: number;
}

/**
 * Choose the names that fit beside one another.
 *
 * @param items in order
 * @param rankOf 0 for those that go first; of equals those further left do
 * @param widthOf CSS pixels
 */
export function fitLabels<T>(
  items: readonly T[],
  xOf: (one: T) => number,
  widthOf: (one: T) => number,
  rankOf: (one: T) => number,
): Label<T>[] {
  const taken: { from: number; to: number }[] = [];
  const chosen: Label<T>[] = [];
  const order = [...items.keys()].sort((a, b) => {
    const [one, other] = [items[a], items[b]];
    return one === undefined || other === undefined ? 0 : rankOf(one) - rankOf(other) || a - b;
  });
  for (const at of order) {
    const item = items[at];
    if (item === undefined) continue;
    const from = xOf(item);
    const to = from + widthOf(item) + GAP_PX;
    if (taken.some((one) => from < one.to && to > one.from)) continue;
    taken.push({ from, to });
    chosen.push({ item, x: from });
  }
  return chosen.sort((one, other) => one.x - other.x);
}

/**
 * Rank a bar's number: choruses first, then sections, then every eighth, fourth, second, other.
 *
 * @returns 0 for the first
 */
export function rankOfBar(bar: Bar): number {
  if (bar.chorus !== null) return 0;
  if (bar.section !== '') return 1;
  const behind = Math.abs(bar.number - 1);
  const steps = [8, 4, 2].findIndex((one) => behind % one === 0);
  return steps < 0 ? 5 : 2 + steps;
}

/**
 * Put stretches that overlap into rows.
 *
 * @param stretches by their beginning
 * @param nRows at most so many; more that overlap share the last one
 * @returns row of each, from 0
 */
export function rowsOf(
  stretches: readonly { fromSec: number; toSec: number }[],
  nRows: number,
): number[] {
  const ends: number[] = [];
  return stretches.map(({ fromSec, toSec }) => {
    const free = ends.findIndex((one) => one <= fromSec);
    const row = Math.min(free < 0 ? ends.length : free, nRows - 1);
    ends[row] = Math.max(toSec, free < 0 ? (ends[row] ?? 0) : 0);
    return row;
  });
}
