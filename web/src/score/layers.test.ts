import { expect, test } from 'vitest';
import type { DrawnLine } from './drawing';
import { coverTop, headRoom, romansOf, shapesOf, spread } from './layers';

const line: DrawnLine = {
  width: 10000,
  height: 3000,
  top: 1400,
  bottom: 2120,
  bars: [],
  heads: new Map([
    ['score-n1', { noteId: 'n1', x: 1000, y: 1500 }],
    ['score-n2', { noteId: 'n2', x: 2000, y: 1500 }],
  ]),
  chords: [
    { bar: 1, index: 0, x: 900, y: 600 },
    { bar: 1, index: 1, x: 2900, y: 600 },
  ],
};

test('numerals stand over the names of their chords, and none over what nobody is sure of', () => {
  const chord = { onset_quarter: 0, onset_sec: 0, symbol: '', label: '', confidence: 1 };
  const bars = [
    {
      number: 1,
      line: 0,
      onset_sec: 0,
      offset_sec: 2,
      beat_secs: [],
      numerator: 4,
      denominator: 4,
      length_quarter: 4,
      chorus: null,
      section: '',
      chords: [
        { ...chord, roman: 'ii7' },
        { ...chord, roman: null },
      ],
    },
  ];
  const romans = romansOf(line, bars);
  expect(romans.map((one) => [one.x, one.text])).toEqual([[900, 'ii7']]);
  expect(romans[0]?.y).toBeLessThan(600);
});

test('numerals get the height that they need, and none when they are not shown', () => {
  expect(headRoom(line, true)).toBeGreaterThan(0);
  expect(headRoom(line, false)).toBe(0);
  expect(headRoom({ ...line, chords: [] }, true)).toBe(0);
});

test('each role has a shape of its own', () => {
  const shapes = shapesOf(line, (id) => (id === 'n1' ? 'chord' : 'tension'));
  expect(Object.keys(shapes).sort()).toEqual(['chord', 'tension']);
  expect(shapes.chord?.slice(1)).not.toBe(shapes.tension?.slice(1));
});

test('flags never lie over each other', () => {
  expect(spread([10, 20, 200], 34)).toEqual([10, 44, 200]);
});

test('a cover leaves the names of chords to be read', () => {
  expect(coverTop(line)).toBeGreaterThan(600);
  expect(coverTop(line)).toBeLessThan(1400);
});
