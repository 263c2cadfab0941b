/** The outline of a recording, from pairs of its lowest and highest sample. */

const FULL_SCALE = 127;

export interface Peaks {
  /** Lowest and highest in turn. */
  pairs: Int8Array;
  /** Pairs a second. */
  perSec: number;
}

/**
 * Find how far the sound swings in each column of a drawing.
 *
 * @param fromSec left edge
 * @param secPerColumn what a column covers
 * @returns lowest and highest in turn, -1 to 1; 0 where there is no sound
 */
export function columnsOf(
  peaks: Peaks,
  fromSec: number,
  secPerColumn: number,
  nColumns: number,
): Float32Array {
  const { pairs, perSec } = peaks;
  const nPairs = pairs.length >> 1;
  const columns = new Float32Array(2 * nColumns);
  for (let column = 0; column < nColumns; column++) {
    const from = (fromSec + column * secPerColumn) * perSec;
    const first = Math.max(0, Math.floor(from));
    // Closer than the pairs each column has the one it lies in.
    const end = Math.min(nPairs, Math.max(first + 1, Math.floor(from + secPerColumn * perSec)));
    let low = 0;
    let high = 0;
    for (let at = first; at < end; at++) {
      low = Math.min(low, pairs[2 * at] ?? 0);
      high = Math.max(high, pairs[2 * at + 1] ?? 0);
    }
    columns[2 * column] = low / FULL_SCALE;
    columns[2 * column + 1] = high / FULL_SCALE;
  }
  return columns;
}

/** Find the loudest of a recording, 0 to 1: quiet recordings are drawn as high as loud ones. */
export function loudestOf(peaks: Peaks): number {
  let loudest = 0;
  for (const one of peaks.pairs) loudest = Math.max(loudest, Math.abs(one));
  return loudest / FULL_SCALE;
}
