/** How a played note is marked: a colour, a shape that tells as much, and what both mean. */
import type { Attempt } from '../api/types';
import type { DrawnLine } from '../score/drawing';
import type { SheetNote } from '../score/sheet';

export type MarkedPass = NonNullable<Attempt['marks']>['passes'][number];
export type NoteMark = MarkedPass['notes'][number];
export type Kind = NoteMark['kind'] | 'extra';

interface Sign {
  meaning: string;
  /** Drawn round 0, as large as 1. */
  path: string;
  isFilled: boolean;
}

export const SIGNS: Record<Kind, Sign> = {
  right: { meaning: 'right', path: 'M-.8 0-.25.6.85-.7', isFilled: false },
  wrong: { meaning: 'wrong note', path: 'M-.7-.7.7.7M.7-.7-.7.7', isFilled: false },
  early: { meaning: 'early', path: 'M.65-.8-.75 0 .65.8Z', isFilled: true },
  late: { meaning: 'late', path: 'M-.65-.8.75 0-.65.8Z', isFilled: true },
  missed: { meaning: 'missed', path: 'M-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0', isFilled: false },
  unsure: {
    meaning: 'not sure what was heard',
    path: 'M-.5-.5C-.45-1.1.55-1.1.55-.45.55 0 0-.05 0 .4M0 .85V.95',
    isFilled: false,
  },
  extra: { meaning: 'a note too many', path: 'M-.8 0H.8M0-.8V.8', isFilled: false },
};

export const KINDS = Object.keys(SIGNS) as Kind[];

/** Room below a line of music for its signs, and where and how large they are there. */
export const LANE = 420;
const LANE_MIDDLE = 190;
export const SIGN_SIZE = 140;
/** From a last head of a line to what follows it. */
const BEHIND = 330;

export interface PlacedSign {
  kind: Kind;
  noteId: string;
  x: number;
  y: number;
}

/** Place the signs of a line: each below the first head of its note, notes too many between. */
export function signsOf(
  line: DrawnLine,
  notes: readonly SheetNote[],
  pass: Pick<MarkedPass, 'notes' | 'extras'>,
): PlacedSign[] {
  const y = line.height + LANE_MIDDLE;
  const kinds = new Map(pass.notes.map((one) => [one.note_id, one.kind]));
  const places = notes.flatMap(({ id, heads }) => {
    const x = line.heads.get(heads[0] ?? '')?.x;
    return x === undefined ? [] : [{ id, x }];
  });
  const signs: PlacedSign[] = places.flatMap(({ id, x }) => {
    const kind = kinds.get(id);
    return kind === undefined ? [] : [{ kind, noteId: id, x, y }];
  });
  // Several after one note are one sign: the sentence tells how many.
  for (const id of new Set(pass.extras.map((one) => one.after_note_id))) {
    const at = places.findIndex((one) => one.id === id);
    const here = places[at];
    if (here === undefined) continue;
    const nextX = places[at + 1]?.x ?? Math.min(here.x + BEHIND, line.width);
    signs.push({ kind: 'extra', noteId: id, x: (here.x + nextX) / 2, y });
  }
  return signs;
}
