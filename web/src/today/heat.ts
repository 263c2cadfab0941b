/** The heat map of a lick: keys by tempos, as text and as shades. */
import type { KeyRow } from './types';
import { counted } from './words';

export interface HeatCell {
  sessions: number;
  clean: number;
  /** Of its shade, per cent: the more of it was clean, the deeper; none where nothing was played. */
  shade: number;
  /** For those who hear it. */
  spoken: string;
}

/** So deep that its text still has 4.5:1, on light and dark. */
const LEAST_SHADE = 6;
const MOST_SHADE = 42;

/** Draw a row, one field for each band. */
export function heatRow(row: KeyRow, bands: readonly number[]): HeatCell[] {
  return bands.map((from) => {
    const { sessions, clean } = row.cells.find((one) => one.from_share === from) ?? {
      sessions: 0,
      clean: 0,
    };
    if (sessions === 0) return { sessions, clean, shade: 0, spoken: 'not played' };
    const shade = Math.round(LEAST_SHADE + ((MOST_SHADE - LEAST_SHADE) * clean) / sessions);
    return { sessions, clean, shade, spoken: `${clean} of ${counted(sessions, 'session')} clean` };
  });
}
