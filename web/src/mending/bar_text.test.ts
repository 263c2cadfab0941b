import { describe, expect, it } from 'vitest';
import { barText, evenBeats, readBar, splitBars } from './bar_text';

const C7 = [{ beat: 0, symbol: 'C7' }];

describe('chords of a bar', () => {
  it('are spread evenly, the longer ones first', () => {
    expect(evenBeats(2, 4)).toEqual([0, 2]);
    expect(evenBeats(3, 4)).toEqual([0, 2, 3]);
    expect(evenBeats(2, 3)).toEqual([0, 2]);
    expect(readBar('Dm7 G7', 4, [])).toEqual([
      { beat: 0, symbol: 'Dm7' },
      { beat: 2, symbol: 'G7' },
    ]);
  });

  it('last a beat longer for each dot or stroke', () => {
    const wanted = [
      { beat: 0, symbol: 'Dm7' },
      { beat: 3, symbol: 'G7' },
    ];
    expect(readBar('Dm7 . . G7', 4, [])).toEqual(wanted);
    expect(readBar('Dm7 / / G7', 4, [])).toEqual(wanted);
    expect(readBar('. . G7 .', 4, C7)).toEqual([
      { beat: 0, symbol: 'C7' },
      { beat: 2, symbol: 'G7' },
    ]);
  });

  it('are those of the bar before for %', () => {
    expect(readBar(' % ', 4, C7)).toEqual(C7);
    expect(() => readBar('%', 4, [])).toThrow('want a bar before');
  });

  it('are no more than the beats', () => {
    expect(() => readBar('C D E F', 3, [])).toThrow('want at most 3 chords in this bar, got 4');
    expect(() => readBar('. G7', 4, [])).toThrow('want a chord on beat 1');
  });

  it('may come with the signs of a phone', () => {
    expect(readBar('B♭7 F♯m7', 4, [])[1]?.symbol).toBe('F#m7');
  });

  it.each([
    ['Dm7 G7', 4],
    ['Dm7 . . G7', 4],
    ['Cm7 F7 . .', 4],
    ['C7 F7', 3],
    ['C7', 4],
    ['A B C D', 4],
  ])('%s of %d beats reads back as it is written', (text, nBeats) => {
    expect(barText(readBar(text, nBeats, []), nBeats)).toBe(text);
  });

  it('that are held are written once', () => {
    expect(barText([...C7, { beat: 2, symbol: 'C7' }], 4)).toBe('C7');
  });
});

it('Strokes part what is typed into bars', () => {
  expect(splitBars('Dm7 | G7 | C')).toEqual(['Dm7', 'G7', 'C']);
  expect(splitBars('| Dm7 | % |')).toEqual(['Dm7', '%']);
  expect(splitBars('Dm7 G7')).toEqual(['Dm7 G7']);
});
