/** Two small piano rolls, one above the other: a lick and where it is played again. */
import type { Match } from '../api/types';
import type { PlayedNote } from '../player/player';
import type { Kind } from './matches';
import { lengthSec } from './slices';

const EDGE_PX = 14;
const SEMITONE_PX = 3.5;
export const BLOCK_PX = 6;
const NAMES_PX = 16;
const BETWEEN_PX = 26;
const SIGN_PX = 12;
/** Room that the name of a note takes. */
const NAME_PX = 25;

export interface Block {
  x: number;
  y: number;
  width: number;
  kind: Kind;
  name: string;
  nameX: number;
}

export interface Tie {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  kind: Kind;
}

export interface Strips {
  width: number;
  height: number;
  upper: Block[];
  lower: Block[];
  ties: Tie[];
  upperNamesY: number;
  lowerNamesY: number;
  /** Top and height of the grounds; the upper one is left out where there is no lick. */
  grounds: { y: number; height: number }[];
}

export interface Sung {
  notes: readonly PlayedNote[];
  names: readonly string[];
}

/** Keep places in order at least `gap` apart, and inside of `width`. */
export function spread(places: readonly number[], gap: number, width: number): number[] {
  const spaced: number[] = [];
  for (const place of places) {
    const last = spaced.at(-1);
    spaced.push(last === undefined ? place : Math.max(place, last + gap));
  }
  let most = width - gap / 2;
  for (let at = spaced.length - 1; at >= 0; at -= 1) {
    spaced[at] = Math.min(spaced[at] ?? 0, most);
    most = (spaced[at] ?? 0) - gap;
  }
  return spaced;
}

/**
 * Draw a match under what was looked for, at the same level.
 *
 * @param pattern null where only its intervals are known
 * @param match its notes as they sound
 * @param transposition semitones that the match is above the pattern
 * @param firstNote of the match, as the alignment counts
 * @param roomPx width that there is; more is taken for many notes
 */
export function stripsOf(
  pattern: Sung | null,
  match: Sung,
  alignment: Match['alignment'],
  transposition: number,
  firstNote: number,
  roomPx: number,
): Strips {
  const most = Math.max(pattern?.notes.length ?? 0, match.notes.length);
  const width = Math.max(roomPx, most * NAME_PX + EDGE_PX);
  const levels = [
    ...(pattern?.notes ?? []).map((one) => one.pitchMidi),
    ...match.notes.map((one) => one.pitchMidi - transposition),
  ];
  const high = Math.max(...levels);
  const stripPx = (high - Math.min(...levels)) * SEMITONE_PX + BLOCK_PX + 2 * SIGN_PX;
  const kinds = kindsOf(alignment, firstNote);
  const rollOf = (sung: Sung, topPx: number, shift: number, kindOf: (at: number) => Kind) =>
    roll(sung, width, (pitch) => topPx + SIGN_PX + (high - pitch + shift) * SEMITONE_PX, kindOf);
  const lowerTop = pattern === null ? 0 : NAMES_PX + stripPx + BETWEEN_PX;
  const upper =
    pattern === null ? [] : rollOf(pattern, NAMES_PX, 0, (at) => kinds.query.get(at) ?? 'deleted');
  const lower = rollOf(match, lowerTop, transposition, (at) => kinds.solo.get(at) ?? 'inserted');
  return {
    width,
    height: lowerTop + stripPx + NAMES_PX,
    upper,
    lower,
    ties: tiesOf(alignment, firstNote, upper, lower),
    upperNamesY: NAMES_PX - 5,
    lowerNamesY: lowerTop + stripPx + NAMES_PX - 4,
    grounds: [
      ...(pattern === null ? [] : [{ y: NAMES_PX, height: stripPx }]),
      { y: lowerTop, height: stripPx },
    ],
  };
}

function kindsOf(alignment: Match['alignment'], firstNote: number) {
  const query = new Map<number, Kind>();
  const solo = new Map<number, Kind>();
  for (const one of alignment) {
    if (one.query !== null) query.set(one.query, one.kind);
    if (one.solo !== null) solo.set(one.solo - firstNote, one.kind);
  }
  return { query, solo };
}

/** Each roll fills the width: what is played at half the tempo stands under what it is. */
function roll(
  { notes, names }: Sung,
  width: number,
  yOf: (pitchMidi: number) => number,
  kindOf: (at: number) => Kind,
): Block[] {
  const scale = (width - 2 * EDGE_PX) / Math.max(0.05, lengthSec(notes));
  const blocks = notes.map((note, at) => ({
    x: EDGE_PX + note.onsetSec * scale,
    y: yOf(note.pitchMidi),
    width: Math.max(4, (note.offsetSec - note.onsetSec) * scale - 1.5),
    kind: kindOf(at),
    name: names[at] ?? '',
  }));
  const nameXs = spread(
    blocks.map((one) => one.x + Math.min(one.width, NAME_PX) / 2),
    NAME_PX,
    width,
  );
  return blocks.map((one, at) => ({ ...one, nameX: nameXs[at] ?? one.x }));
}

function tiesOf(
  alignment: Match['alignment'],
  firstNote: number,
  upper: readonly Block[],
  lower: readonly Block[],
): Tie[] {
  const ties: Tie[] = [];
  for (const { query, solo, kind } of alignment) {
    const above = query === null ? undefined : upper[query];
    const below = solo === null ? undefined : lower[solo - firstNote];
    if (above === undefined || below === undefined) continue;
    ties.push({
      x1: above.x + Math.min(above.width, 8) / 2,
      y1: above.y + BLOCK_PX,
      x2: below.x + Math.min(below.width, 8) / 2,
      y2: below.y,
      kind,
    });
  }
  return ties;
}
