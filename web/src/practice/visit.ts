/** What was played in one key of a ladder, from when it was come to until it was left. */
import { type Ladder, semitonesOf } from './ladder';

export interface Visit {
  /** From the recording. */
  semitones: number;
  /** Passes that were played to their end, clean or missed. */
  nPasses: number;
  /** The highest tempo whose passes were all played, of the recording's; 0 for none. */
  cleanPercent: number;
  /** Tempo of the last pass. */
  lastPercent: number;
  /** Of all passes. */
  playedSec: number;
}

/** Come to a key; nothing is played yet. */
export function comeTo(ladder: Ladder): Visit {
  const { percent: lastPercent } = ladder;
  return { semitones: semitonesOf(ladder), nPasses: 0, cleanPercent: 0, lastPercent, playedSec: 0 };
}

/**
 * Count a pass that has ended.
 *
 * @param before the step that it was played in
 * @param after what the ladder makes of it
 * @param loopSec length of the loop at the recording's tempo
 */
export function withPass(visit: Visit, before: Ladder, after: Ladder, loopSec: number): Visit {
  // A step whose passes are all played is followed by a faster one, another key, or the end; one
  // with misses by the same tempo or a slower one.
  const isStepDone =
    after.isEnded || after.keyAt !== before.keyAt || after.percent > before.percent;
  const { percent } = before;
  return {
    ...visit,
    nPasses: visit.nPasses + 1,
    cleanPercent: isStepDone ? Math.max(visit.cleanPercent, percent) : visit.cleanPercent,
    lastPercent: percent,
    playedSec: visit.playedSec + (100 * loopSec) / percent,
  };
}

/** Whether all that was played of a key came to a step's end: what the log calls clean. */
export function isClean(visit: Visit): boolean {
  return visit.cleanPercent > 0;
}

/** The tempo that is logged: the highest clean one, else that of the last pass. */
export function percentOf(visit: Visit): number {
  return isClean(visit) ? visit.cleanPercent : visit.lastPercent;
}
