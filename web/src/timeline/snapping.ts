/** Where times fall when they are near a beat, or a part of one. */
import { type Bar, lastAtOrBefore } from '../time/bars';

/** So near, in CSS pixels, a time is drawn to a beat. */
const NEAR_PX = 9;

/** Times that others are drawn to, in order. */
export type Grid = readonly number[];

/** Give the beats, and the end of the last bar. */
export function beatGrid(bars: readonly Bar[]): Grid {
  const last = bars.at(-1);
  return [...bars.flatMap((one) => one.beatSecs), ...(last === undefined ? [] : [last.offsetSec])];
}

/**
 * Give the beats and where their second eighth falls.
 *
 * @param swingRatio first eighth to the second; 1 is straight
 */
export function eighthGrid(beats: Grid, swingRatio: number): Grid {
  const share = swingRatio / (1 + swingRatio);
  return beats.flatMap((beat, at) => {
    const next = beats[at + 1];
    return next === undefined ? [beat] : [beat, beat + share * (next - beat)];
  });
}

/** Find the time of a grid that is nearest; null where there is none. */
export function nearestOf(grid: Grid, sec: number): number | null {
  const at = lastAtOrBefore(grid, sec, (one) => one);
  const [before, after] = [grid[at], grid[at + 1]];
  if (before === undefined || after === undefined) return before ?? after ?? null;
  return sec - before <= after - sec ? before : after;
}

/** Draw a time to a grid where it is near. */
export function snapped(grid: Grid, sec: number, pxPerSec: number): number {
  const nearest = nearestOf(grid, sec);
  return nearest !== null && Math.abs(nearest - sec) * pxPerSec <= NEAR_PX ? nearest : sec;
}

/**
 * Find the part of a grid that holds a time.
 *
 * @returns its ends; a fifth of a second where the grid does not reach
 */
export function cellAt(grid: Grid, sec: number): [fromSec: number, toSec: number] {
  const at = lastAtOrBefore(grid, sec, (one) => one);
  const [from, to] = [grid[at], grid[at + 1]];
  return from === undefined || to === undefined ? [sec, sec + 0.2] : [from, to];
}

/** Find the next time of a grid, forward or back; the time itself where there is none. */
export function stepped(grid: Grid, sec: number, forward: boolean): number {
  // Rounding must not keep one where it is.
  const tolerance = 1e-4;
  if (forward) return grid[lastAtOrBefore(grid, sec + tolerance, (one) => one) + 1] ?? sec;
  const at = lastAtOrBefore(grid, sec, (one) => one);
  const here = grid[at];
  if (here === undefined) return sec;
  return sec - here > tolerance ? here : (grid[at - 1] ?? sec);
}
