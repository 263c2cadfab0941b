import { describe, expect, it } from 'vitest';
import {
  barsText,
  labelOf,
  licknessText,
  placeText,
  readable,
  reasonsOf,
  timeText,
  transpositionText,
  withSigns,
} from './words';

function lick(name: string | null, ...texts: string[]) {
  const reasons = texts.map((text) => ({
    kind: / in [A-G]/.test(text) ? ('cadence' as const) : ('repeats' as const),
    text,
    value: 1,
  }));
  return { name, number: 3, reasons };
}

describe('signs', () => {
  it.each([
    ['Bb7 Ebmaj7/Bb C#m7b5 D7b9', 'B♭7 E♭maj7/B♭ C♯m7♭5 D7♭9'],
    ['Abdim7 Bbm Bdim7 Gbsus4', 'A♭dim7 B♭m Bdim7 G♭sus4'],
    ['G# approaches A, the #9 and b7', 'G♯ approaches A, the ♯9 and ♭7'],
    ['Above bars of Ebony', 'Above bars of Ebony'],
    ['Bb4 F#3 E4', 'B♭4 F♯3 E4'],
  ])('are those of musicians: %s', (text, wanted) => expect(withSigns(text)).toBe(wanted));

  it('join degrees of harmony and bars by dashes', () =>
    expect(readable('Spans the ii-V-i in Bb minor (bars 4-5).')).toBe(
      'Spans the ii–V–i in B♭ minor (bars 4–5).',
    ));
});

describe('a lick is called', () => {
  it('by its name', () =>
    expect(labelOf(lick('My turn', 'Spans the ii-V-I in F.'))).toBe('My turn'));
  it.each([
    ['Spans the ii-V-I in F (bars 52-53).', 'ii–V–I in F'],
    ['Plays over the ii-V-i in G minor (bar 48).', 'ii–V–i in G minor'],
    ['Perhaps plays over the turnaround in Bb.', 'Turnaround in B♭'],
    ['Spans Coltrane changes in Eb (bars 1-4).', 'Coltrane changes in E♭'],
  ])('by its cadence: %s', (text, wanted) => expect(labelOf(lick(null, text))).toBe(wanted));
  it('by its number where there is none', () =>
    expect(labelOf(lick(null, 'Played twice in this solo.'))).toBe('Lick 3'));
});

it('what the label says is no news: it comes last of the reasons', () => {
  const reasons = ['Spans the ii-V-I in F.', 'Played twice in this solo.'];
  expect(reasonsOf(lick(null, ...reasons))).toEqual([reasons[1], 'Spans the ii–V–I in F.']);
  expect(reasonsOf(lick('Mine', ...reasons))[0]).toBe('Spans the ii–V–I in F.');
});

it('places are bars, else times', () => {
  expect(barsText([4])).toBe('bar 4');
  expect(placeText({ bars: [4, 5, 6], onset_sec: 1 })).toBe('bars 4–6');
  expect(placeText({ bars: [], onset_sec: 64.46 })).toBe('1:04.5');
  expect(timeText(59.97)).toBe('1:00.0');
});

it('how likely a lick it is falls with its figure', () => {
  const said = [0.95, 0.8, 0.5, 0.1].map(licknessText);
  expect(said).toEqual(['surely a lick', 'a good lick', 'perhaps a lick', 'hardly a lick']);
});

it.each([
  [0, 'same pitch'],
  [-1, '1 semitone down'],
  [7, '7 semitones up'],
  [12, 'octave up'],
  [-24, '2 octaves down'],
])('transposed by %i is %s', (semitones, wanted) =>
  expect(transpositionText(semitones)).toBe(wanted),
);
