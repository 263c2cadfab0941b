/** A recording's outline at the size of a stamp. */
import { columnsOf, loudestOf, type Peaks } from '../timeline/peaks';

/** Draw the outline as an SVG path in a box of `width` by 2, its middle at 1. */
export function wavePath(peaks: Peaks, width: number): string {
  const sec = peaks.pairs.length / 2 / peaks.perSec;
  const columns = columnsOf(peaks, 0, sec / width, width);
  const scale = 1 / Math.max(loudestOf(peaks), 1 / 127);
  const side = (offset: number) =>
    Array.from({ length: width }, (_, at) => {
      const swing = (columns[2 * at + offset] ?? 0) * scale;
      return `${at + 0.5} ${(1 - swing).toFixed(2)}`;
    });
  return `M${side(1).join('L')}L${side(0).reverse().join('L')}Z`;
}
