/** Stretches of the score, line by line: of licks, and of what is selected. */
import type { Stretch } from '../solo/solo.svelte';
import { type DrawnLine, STAFF_SPACE } from './drawing';
import type { SheetNote } from './sheet';
import { type Anchor, cursorAt } from './track';

/** A part of a line, in the coordinates of its drawing. */
export interface Band {
  line: number;
  left: number;
  right: number;
}

/** Round some notes: from the first of their heads on each line to the last. */
export function bandsOfNotes(
  ids: readonly string[],
  notes: ReadonlyMap<string, SheetNote>,
  lines: readonly DrawnLine[],
): Band[] {
  const heads = new Set(ids.flatMap((id) => notes.get(id)?.heads ?? []));
  const bands: Band[] = [];
  lines.forEach(({ heads: drawn }, line) => {
    const xs = [...drawn].filter(([id]) => heads.has(id)).map(([, head]) => head.x);
    if (xs.length === 0) return;
    const left = Math.min(...xs) - STAFF_SPACE * 1.6;
    bands.push({ line, left, right: Math.max(...xs) + STAFF_SPACE * 1.4 });
  });
  return bands;
}

/** From where a stretch begins to where it ends, over whole lines between. */
export function bandsOfStretch(
  stretch: Stretch,
  track: readonly Anchor[],
  lines: readonly DrawnLine[],
): Band[] {
  const [first, last] = [track[0], track.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (stretch.toSec <= first.sec || stretch.fromSec >= last.sec) return [];
  const from = cursorAt(track, Math.max(stretch.fromSec, first.sec)) ?? first;
  // What ends where a line ends does not begin the next one.
  const to = cursorAt(track, Math.min(stretch.toSec, last.sec) - 1e-3) ?? last;
  const bands: Band[] = [];
  for (let line = from.line; line <= to.line; line++) {
    const bars = lines[line]?.bars ?? [];
    const start = bars[0]?.contentLeft ?? 0;
    const left = line === from.line ? from.x : start;
    const right = line === to.line ? to.x : (bars.at(-1)?.right ?? left);
    // Stops just before the note on which it ends.
    const end = line === to.line ? right - STAFF_SPACE : right;
    const begin = left - STAFF_SPACE * 1.2;
    bands.push({ line, left: begin, right: Math.max(end, left + STAFF_SPACE) });
  }
  return bands;
}
