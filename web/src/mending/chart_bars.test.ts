import { describe, expect, it } from 'vitest';
import type { Analysis } from '../api/types';
import { barsOf } from '../time/bars';
import { cellsOf, chartText, chordsOfBar, eventsOf, scopesOf } from './chart_bars';

// Eight bars of four beats, a beat a second: two choruses of four bars.
const beats = Array.from({ length: 32 }, (_, at) => ({
  time_sec: at,
  bar: Math.floor(at / 4) + 1,
  position_in_bar: (at % 4) + 1,
  confidence: 1,
}));
const form = {
  name: 'of four',
  n_bars: 4,
  sections: [{ label: 'A', first_bar: 1, n_bars: 4 }],
  choruses: [
    { number: 1, first_bar: 1, n_bars: 4, onset_sec: 0, offset_sec: 16 },
    { number: 2, first_bar: 5, n_bars: 4, onset_sec: 16, offset_sec: 32 },
  ],
  confidence: 1,
} as NonNullable<Analysis['form']>;
const bars = barsOf({ beats, form });

function chord(onset_sec: number, offset_sec: number, symbol: string, confidence = 1) {
  return { onset_sec, offset_sec, symbol, label: symbol, confidence, alternatives: [] };
}
const chords = [
  chord(0.02, 8, 'F7'),
  chord(8, 10.01, 'Dm7'),
  chord(10.01, 12, 'G7'),
  chord(12, 16, 'C7'),
  chord(16, 24, 'F7', 0.4),
  chord(24, 28, 'D7'),
  chord(28, 32, 'C7'),
];

describe('the squares of a chart', () => {
  it('have the chords of their bar, those that are held included', () => {
    const [first, second, third] = bars.map((bar) => chordsOfBar(bar, chords));
    expect(first?.map((one) => one.symbol)).toEqual(['F7']);
    expect(second?.map((one) => [one.beat, one.symbol])).toEqual([[0, 'F7']]);
    expect(third?.map((one) => [one.beat, one.symbol])).toEqual([
      [0, 'Dm7'],
      [2, 'G7'],
    ]);
  });

  it('fold the choruses, and say where these differ', () => {
    const cells = cellsOf('every', bars, chords, form);
    expect(cells.map((one) => one.text)).toEqual(['F7', 'F7', 'Dm7 G7', 'C7']);
    expect(cells.map((one) => one.nOthers)).toEqual([0, 0, 1, 0]);
    expect(cells.map((one) => one.isRepeat)).toEqual([false, true, false, false]);
    expect(cells[2]?.bars.map((one) => one.number)).toEqual([3, 7]);
    expect(cells[0]?.section).toBe('A');
  });

  it('of one chorus are its bars alone', () => {
    const cells = cellsOf(2, bars, chords, form);
    expect(cells.map((one) => one.number)).toEqual([5, 6, 7, 8]);
    expect(cells[2]?.text).toBe('D7');
  });

  it('are all bars where there is no form', () => {
    expect(scopesOf(undefined)).toEqual(['all']);
    expect(cellsOf('all', bars, chords, undefined)).toHaveLength(8);
    expect(scopesOf(form)).toEqual(['every', 1, 2, 'all']);
  });

  it('make a chart of one chorus', () => {
    expect(chartText(cellsOf('every', bars, chords, form), '4/4')).toBe(
      'Time: 4/4\n| [A] F7 | % | Dm7 G7 | C7 |',
    );
  });
});

it('Chords of a bar sound from beat to beat, the last to the end of the bar', () => {
  const [, second] = bars;
  if (second === undefined) throw new Error('no bar');
  const placed = [
    { beat: 0, symbol: 'Dm7' },
    { beat: 3, symbol: 'G7' },
  ];
  expect(eventsOf(second, placed)).toEqual([
    { onset_sec: 4, offset_sec: 7, symbol: 'Dm7' },
    { onset_sec: 7, offset_sec: 8, symbol: 'G7' },
  ]);
});
