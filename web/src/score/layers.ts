/** What the page draws itself over and under a line of music. */
import type { Role } from '../solo/solo.svelte';
import { type DrawnLine, STAFF_SPACE } from './drawing';
import type { SheetBar } from './sheet';

const ROMAN_SIZE = 270;

export interface Roman {
  x: number;
  y: number;
  text: string;
}

/** Height that numerals need above a line's own drawing. */
export function headRoom(line: DrawnLine, showsRomans: boolean): number {
  if (!showsRomans || line.chords.length === 0) return 0;
  const highest = Math.min(...line.chords.map((one) => one.y));
  return Math.max(0, 510 + ROMAN_SIZE - highest);
}

/** Place numerals over the names of chords; a long one gives way to the next chord's. */
export function romansOf(line: DrawnLine, bars: readonly SheetBar[]): Roman[] {
  const byNumber = new Map(bars.map((one) => [one.number, one]));
  return line.chords.flatMap(({ bar, index, x, y }) => {
    const text = byNumber.get(bar)?.chords[index]?.roman;
    return text == null ? [] : [{ x, y: y - 510, text }];
  });
}

/** Shapes for those to whom colours say nothing: a dot, a triangle, a diamond, a square. */
const SHAPES: Record<Role, (x: number, y: number) => string> = {
  chord: (x, y) => `M${x - 62} ${y}a62 62 0 1 0 124 0a62 62 0 1 0 -124 0z`,
  tension: (x, y) => `M${x} ${y - 80}l80 142h-160z`,
  approach: (x, y) => `M${x} ${y - 84}l76 84l-76 84l-76 -84z`,
  other: (x, y) => `M${x - 60} ${y - 60}h120v120h-120z`,
};

/** Draw a role's shape in the unit of the legend: a square of 180 by 180. */
export function shapeOf(role: Role): string {
  return SHAPES[role](90, 90);
}

/**
 * Draw the shapes of a line's notes under it, one path for each role.
 *
 * @param roleOfNote by the note's id
 */
export function shapesOf(
  line: DrawnLine,
  roleOfNote: (id: string) => Role,
): Partial<Record<Role, string>> {
  const paths: Partial<Record<Role, string>> = {};
  const y = line.height - STAFF_SPACE * 0.8;
  for (const { noteId, x } of line.heads.values()) {
    const role = roleOfNote(noteId);
    paths[role] = (paths[role] ?? '') + SHAPES[role](Math.round(x), y);
  }
  return paths;
}

/** Put flags side by side that would lie over each other. */
export function spread(lefts: readonly number[], width: number): number[] {
  let free = 0;
  return lefts.map((left) => {
    const at = Math.max(left, free);
    free = at + width;
    return at;
  });
}

/** Where a cover lies: from under the names of chords to the foot. */
export function coverTop(line: DrawnLine): number {
  const baselines = line.chords.map((one) => one.y);
  return baselines.length === 0 ? 0 : Math.max(...baselines) + STAFF_SPACE * 0.5;
}
