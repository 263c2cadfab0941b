import { describe, expect, it } from 'vitest';
import { type Bar } from '../time/bars';
import { TimeView } from '../time/view.svelte';
import { beatAt, keptApart } from './beats';
import { isIn, layoutOf } from './layout';
import { fitLabels, linesOf, rankOfBar, rowsOf } from './marks';
import { brightened } from './palette';
import { describeMoment, describeStretch } from './places';
import { soundingAt } from './sounding';
import { colours, tilesIn, tint } from './spectrogram';

const bars: Bar[] = [0, 1, 2, 3].map((at) => ({
  number: at + 1,
  onsetSec: 2 * at,
  offsetSec: 2 * at + 2,
  beatSecs: [0, 0.5, 1, 1.5].map((one) => 2 * at + one),
  firstPosition: 1,
  chorus: at === 2 ? 2 : null,
  section: '',
}));

function viewOf(fromSec: number, spanSec: number, widthPx = 1000): TimeView {
  const view = new TimeView(() => 3600);
  Object.assign(view, { fromSec, spanSec, widthPx });
  return view;
}

describe('lanes', () => {
  it('lie under one another without gaps', () => {
    const { ruler, chords, wave, beats, roll, heightPx } = layoutOf(1200, true, false);
    const lanes = [ruler, chords, wave, beats, roll];
    let below = 0;
    for (const lane of lanes) {
      expect(lane.topPx).toBe(below);
      below += lane.heightPx;
    }
    expect(heightPx).toBe(below);
    expect(isIn(roll, roll.topPx)).toBe(true);
    expect(isIn(beats, roll.topPx)).toBe(false);
  });

  it('are lower on a phone, higher for edits, and without sound there is no waveform', () => {
    const desktop = layoutOf(1200, true, false);
    expect(layoutOf(350, true, false).heightPx).toBeLessThan(desktop.heightPx);
    expect(layoutOf(1200, true, true).roll.heightPx).toBeGreaterThan(desktop.roll.heightPx);
    expect(layoutOf(1200, false, false).wave.heightPx).toBeLessThan(30);
  });
});

describe('lines and names', () => {
  it('shows beats where they can be told apart, of bars some where all cannot', () => {
    expect(linesOf(bars, viewOf(0, 8)).beatsX).toHaveLength(12);
    expect(linesOf(bars, viewOf(0, 400)).beatsX).toEqual([]);
    expect(linesOf(bars, viewOf(0, 400)).barsX).toEqual([0, 10]);
    expect(linesOf(bars, viewOf(0, 1e6)).barsX).toEqual([]);
    expect(linesOf(bars, viewOf(2.5, 2)).barsX).toEqual([-250, 750]);
  });

  it('names choruses before other bars where there is room for few', () => {
    const axis = viewOf(0, 80);
    const labels = fitLabels(
      bars,
      (one) => axis.xOf(one.onsetSec),
      () => 40,
      rankOfBar,
    );
    expect(labels.map((one) => one.item.number)).toEqual([1, 3]);
  });

  it('puts licks that overlap into rows', () => {
    const licks = [
      { fromSec: 0, toSec: 4 },
      { fromSec: 2, toSec: 3 },
      { fromSec: 3, toSec: 6 },
      { fromSec: 3.5, toSec: 5 },
    ];
    expect(rowsOf(licks, 4)).toEqual([0, 1, 1, 2]);
    expect(rowsOf(licks, 2)).toEqual([0, 1, 1, 1]);
  });
});

describe('tiles of the spectrogram', () => {
  const tiles = { tileSec: 20, nTiles: 5, lowestMidi: 21, highestMidi: 108 };

  it('are those that the view touches, and that there are', () => {
    expect(tilesIn(tiles, 0, 20)).toEqual([0, 0]);
    expect(tilesIn(tiles, 19, 41)).toEqual([0, 2]);
    expect(tilesIn(tiles, 70, 500)).toEqual([3, 4]);
    expect(tilesIn(tiles, 120, 130)).toBeNull();
  });

  it('are none when they would be too many', () => {
    expect(tilesIn({ ...tiles, nTiles: 500 }, 0, 3600)).toBeNull();
  });

  it('are coloured from the ground of the roll to blue', () => {
    const pixels = new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255]);
    tint(pixels, colours());
    expect([...pixels]).toEqual([20, 23, 28, 255, 110, 150, 214, 255]);
  });
});

describe('moving a beat', () => {
  const beats = bars.flatMap((bar) =>
    bar.beatSecs.map((time_sec, at) => ({ time_sec, bar: bar.number, position_in_bar: at + 1 })),
  );

  it('takes hold of the nearest one', () => {
    expect(beatAt(beats, 0.53, 0.1)).toBe(1);
    expect(beatAt(beats, 0.7, 0.1)).toBe(-1);
  });

  it('stays between its neighbours', () => {
    expect(keptApart(beats, 1, 0.7)).toBe(0.7);
    expect(keptApart(beats, 1, 5)).toBeCloseTo(0.85);
    expect(keptApart(beats, 0, -1)).toBe(0);
  });
});

describe('words for places', () => {
  it('names bar and beat', () => {
    expect(describeMoment(bars, 2.6)).toBe('bar 2, beat 2');
    expect(describeMoment(bars, 2.9999)).toBe('bar 2, beat 3');
    expect(describeMoment(bars, 99)).toBe('99.0 seconds');
  });

  it('names the bars of a stretch', () => {
    expect(describeStretch(bars, 0.5, 5)).toBe('bars 1 to 3');
    expect(describeStretch(bars, 2.5, 3)).toBe('bar 2');
    expect(describeStretch([], 1, 20)).toBe('1 to 20 seconds');
  });
});

it('notes sound from their onset to their end', () => {
  const note = { velocity: 80, confidence: 1 };
  const notes = [
    { ...note, id: 'a', onset_sec: 0, offset_sec: 3, pitch_midi: 60 },
    { ...note, id: 'b', onset_sec: 1, offset_sec: 2, pitch_midi: 64 },
  ];
  const ids = (sec: number) => soundingAt(notes, sec).map((one) => one.id);
  expect([ids(-1), ids(0), ids(1.5), ids(2), ids(3)]).toEqual([[], ['a'], ['a', 'b'], ['a'], []]);
});

it('colours become lighter on the dark roll until they stand out, and bright ones stay', () => {
  expect(brightened('#63bdf5', '#14171c')).toBe('#63bdf5');
  const lighter = brightened('#0067a5', '#14171c');
  expect(parseInt(lighter.slice(1, 3), 16)).toBeGreaterThan(0x40);
  expect(brightened('red', '#14171c')).toBe('red');
});
