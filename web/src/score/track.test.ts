import { expect, test } from 'vitest';
import { bandsOfNotes, bandsOfStretch } from './bands';
import type { DrawnLine } from './drawing';
import { nearestAnchor, noteNear, soundingAt, stepFrom, stretchBetween } from './picking';
import type { SheetBar, SheetNote } from './sheet';
import { cursorAt, secAt, trackOf } from './track';

/** Two bars at 120 on the first line, one on the second, each with swung eighths on its first beat. */
function bar(number: number, line: number): SheetBar {
  const onset = 10 + 2 * (number - 1);
  return {
    number,
    line,
    onset_sec: onset,
    offset_sec: onset + 2,
    beat_secs: [onset, onset + 0.5, onset + 1, onset + 1.5],
    numerator: 4,
    denominator: 4,
    length_quarter: 4,
    chorus: null,
    section: '',
    chords: [],
  };
}

function note(id: string, number: number, quarter: number, onset: number, lasts = 0.3): SheetNote {
  return {
    id,
    heads: [id],
    bar: number,
    onset_quarter: quarter,
    onset_sec: onset,
    offset_sec: onset + lasts,
    pitch_midi: 60,
    name: 'C4',
    confidence: 1,
    is_doubtful: false,
    is_grace: false,
    in_lick: null,
  };
}

const bars = [bar(1, 0), bar(2, 0), bar(3, 1)];
const notes = [
  note('a', 1, 0, 10.02),
  note('b', 1, 0.5, 10.34),
  note('c', 2, 0, 11.97),
  note('d', 2, 2, 13),
  note('e', 3, 0, 14),
];

function line(width: number, contentLeft: number, heads: [string, number][]): DrawnLine {
  return {
    width,
    height: 4000,
    top: 1000,
    bottom: 1720,
    bars: [],
    heads: new Map(heads.map(([id, x]) => [id, { noteId: id, x, y: 1200 }])),
    chords: [],
  };
}

const lines = [
  line(10000, 1000, [
    ['a', 1000],
    ['b', 2000],
    ['c', 5500],
    ['d', 7500],
  ]),
  line(10000, 1200, [['e', 1200]]),
];
lines[0]?.bars.push(
  { number: 1, left: 0, right: 5000, contentLeft: 1000 },
  { number: 2, left: 5000, right: 9000, contentLeft: 5500 },
);
lines[1]?.bars.push({ number: 3, left: 0, right: 6000, contentLeft: 1200 });

const track = trackOf(bars, notes, lines);
const byId = new Map(notes.map((one) => [one.id, one]));

test('the cursor is on a head when it sounds, early, late or swung', () => {
  expect(cursorAt(track, 10.02)).toMatchObject({ line: 0, x: 1000 });
  expect(cursorAt(track, 10.34)).toMatchObject({ line: 0, x: 2000 });
  expect(cursorAt(track, 11.97)).toMatchObject({ line: 0, x: 5500 });
  expect(cursorAt(track, 14)).toMatchObject({ line: 1, x: 1200 });
});

test('between heads the cursor goes by the beats, and to the end of the line', () => {
  const beat = cursorAt(track, 11);
  expect(beat?.x).toBeGreaterThan(2000);
  expect(beat?.x).toBeLessThan(5000);
  expect(cursorAt(track, 13.999)?.x).toBeGreaterThan(8980);
});

test('on a line the cursor never goes back', () => {
  let before = cursorAt(track, 10.02);
  for (let sec = 10.02; sec < 16; sec += 0.01) {
    const now = cursorAt(track, sec);
    if (now === null || before === null) throw new Error('want a place, got none');
    if (now.line === before.line) expect(now.x).toBeGreaterThanOrEqual(before.x);
    else expect(now.line).toBe(before.line + 1);
    before = now;
  }
});

test('before the music and after it there is no cursor', () => {
  expect(cursorAt(track, 9)).toBeNull();
  expect(cursorAt(track, 17)).toBeNull();
  expect(cursorAt([], 10)).toBeNull();
});

test('a place is the moment at which the cursor is there', () => {
  for (const sec of [10.1, 10.9, 12.4, 13.7, 14.3]) {
    const place = cursorAt(track, sec);
    if (place === null) throw new Error('want a place, got none');
    expect(secAt(track, place.line, place.x)).toBeCloseTo(sec, 6);
  }
  expect(secAt(track, 7, 100)).toBeNull();
});

test('a finger beside a head means it, one between heads does not', () => {
  expect(noteNear(track, { line: 0, x: 2100 })).toBe('b');
  expect(noteNear(track, { line: 0, x: 6500 })).toBeNull();
  expect(nearestAnchor(track, { line: 1, x: 0 })?.noteId).toBe('e');
});

test('dragging from a note to a note selects both, in whatever direction', () => {
  const wanted = { fromSec: 10.34, toSec: 13.3 };
  const [b, d] = [
    { line: 0, x: 2050 },
    { line: 0, x: 7450 },
  ];
  expect(stretchBetween(track, byId, b, d)).toEqual(wanted);
  expect(stretchBetween(track, byId, d, b)).toEqual(wanted);
  expect(stretchBetween([], byId, b, d)).toBeNull();
});

test('a stretch over two lines has a band on each', () => {
  const bands = bandsOfStretch({ fromSec: 13, toSec: 14.5 }, track, lines);
  expect(bands.map((one) => one.line)).toEqual([0, 1]);
  expect(bands[0]?.right).toBe(9000);
});

test('a stretch that ends where a line ends has no band on the next one', () => {
  const bands = bandsOfStretch({ fromSec: 13, toSec: 14 }, track, lines);
  expect(bands.map((one) => one.line)).toEqual([0]);
  expect(bandsOfStretch({ fromSec: 0, toSec: 5 }, track, lines)).toEqual([]);
});

test('a band lies round the heads of its notes', () => {
  const [band, more] = bandsOfNotes(['b', 'c'], byId, lines);
  expect(more).toBeUndefined();
  expect(band?.left).toBeLessThan(2000);
  expect(band?.left).toBeGreaterThan(1500);
  expect(band?.right).toBeGreaterThan(5500);
});

test('what sounds is known at any moment', () => {
  expect(soundingAt(notes, 10.1)).toEqual(['a']);
  expect(soundingAt(notes, 10.33)).toEqual([]);
});

test('steps go from note to note, from a moment to the nearest one on that side', () => {
  expect(stepFrom(notes, 'b', 0, 1)?.id).toBe('c');
  expect(stepFrom(notes, 'a', 0, -1)).toBeNull();
  expect(stepFrom(notes, null, 10.3, 1)?.id).toBe('b');
  expect(stepFrom(notes, null, 10.3, -1)?.id).toBe('a');
});
