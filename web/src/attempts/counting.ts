/** The bar that is counted before somebody plays. */

export interface Count {
  /** From its start to each click, seconds. */
  clickSecs: number[];
  /** From its start to when the playing begins. */
  lengthSec: number;
}

/** What is played a little too early is heard, too: so much before the first beat, beats. */
const EARLY_BEATS = 0.4;
const LONGEST_EARLY_SEC = 0.3;

/** Count one bar. */
export function countOf(tempoBpm: number, beatsInBar: number): Count {
  const beatSec = 60 / tempoBpm;
  return {
    clickSecs: Array.from({ length: beatsInBar }, (_, beat) => beat * beatSec),
    lengthSec: beatsInBar * beatSec,
  };
}

/** How long before the first beat recording begins: after the last click, which is not music. */
export function earlySec(tempoBpm: number): number {
  return Math.min(LONGEST_EARLY_SEC, (EARLY_BEATS * 60) / tempoBpm);
}

/**
 * Leave out what was heard before a moment.
 *
 * @param blocks with the place of their first sample, in order
 * @param frame of the first sample that is kept
 */
export function keptFrom(
  blocks: readonly { frame: number; samples: Float32Array }[],
  frame: number,
): Float32Array[] {
  return blocks
    .map((one) => one.samples.subarray(Math.max(0, frame - one.frame)))
    .filter((one) => one.length > 0);
}

/** The level of a meter: 0 for what is not heard, 1 for full. */
export function levelOf(peak: number): number {
  const decibels = 20 * Math.log10(Math.max(peak, 1e-6));
  return Math.min(1, Math.max(0, (decibels - QUIETEST_DB) / -QUIETEST_DB));
}

const QUIETEST_DB = -60;
