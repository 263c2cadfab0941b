/** Draws ruler, chords, outline of the sound and beats: all that stands still above the roll. */
import type { Chord } from '../api/types';
import type { Bar } from '../time/bars';
import type { Layout } from './layout';
import { type Axis, barsIn, fitLabels, linesOf, rankOfBar } from './marks';
import type { Palette } from './palette';
import { columnsOf, type Peaks } from './peaks';
import { withSigns } from './pitches';

export interface WavePicture {
  axis: Axis;
  widthPx: number;
  layout: Layout;
  palette: Palette;
  bars: readonly Bar[];
  chords: readonly Chord[];
  peaks: Peaks | null;
  /** What fills the lane, 0 to 1. */
  loudest: number;
  /** Licks, to be tinted. */
  regions: readonly Region[];
  isEditing: boolean;
}

interface Region {
  fromSec: number;
  toSec: number;
  isOpen: boolean;
}

type Context = CanvasRenderingContext2D;

/** Share of the chords that must have room to be named. */
const LEAST_CHORDS = 0.6;

/** Draw everything but the outline. */
export function drawGrid(context: Context, picture: WavePicture): void {
  tintRegions(context, picture);
  drawLines(context, picture);
  drawRuler(context, picture);
  drawChords(context, picture);
}

/** Draw the outline of the sound in one colour. */
export function drawOutline(context: Context, picture: WavePicture, colour: string): void {
  const { peaks, axis, widthPx, loudest } = picture;
  if (peaks === null) return;
  const { heightPx } = picture.layout.wave;
  const middle = heightPx / 2;
  const scale = (heightPx / 2 - 1) / loudest;
  const columns = columnsOf(peaks, axis.fromSec, 1 / axis.pxPerSec, Math.ceil(widthPx));
  context.fillStyle = colour;
  context.beginPath();
  for (let x = 0; 2 * x < columns.length; x++) {
    const high = (columns[2 * x + 1] ?? 0) * scale;
    const low = (columns[2 * x] ?? 0) * scale;
    // A hair of silence shows that the recording goes on.
    context.rect(x, middle - high - 0.5, 1, high - low + 1);
  }
  context.fill();
}

function tintRegions(context: Context, { axis, layout, palette, regions }: WavePicture): void {
  const { topPx } = layout.wave;
  const height = layout.wave.heightPx + layout.beats.heightPx;
  for (const region of regions) {
    const x = axis.xOf(region.fromSec);
    const width = (region.toSec - region.fromSec) * axis.pxPerSec;
    context.globalAlpha = region.isOpen ? 1 : 0.55;
    context.fillStyle = palette.lick;
    context.fillRect(x, topPx, width, height);
  }
  context.globalAlpha = 1;
}

function drawLines(context: Context, { axis, bars, layout, palette, isEditing }: WavePicture) {
  const { barsX, beatsX } = linesOf(bars, axis);
  const { wave, beats, ruler } = layout;
  context.fillStyle = palette.line;
  for (const x of barsX) context.fillRect(Math.round(x), ruler.topPx + 3, 1, beats.topPx);
  context.fillStyle = palette['line-strong'];
  for (const x of barsX) context.fillRect(Math.round(x), beats.topPx, 1, beats.heightPx);
  for (const x of beatsX) context.fillRect(Math.round(x), beats.topPx + 3, 1, beats.heightPx - 3);
  if (!isEditing) return;
  context.fillStyle = palette.accent;
  const y = beats.topPx + beats.heightPx / 2;
  for (const x of [...barsX, ...beatsX]) {
    context.beginPath();
    context.arc(Math.round(x) + 0.5, y, 5, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = palette.line;
  context.fillRect(0, wave.topPx + wave.heightPx, axis.spanSec * axis.pxPerSec, 1);
}

function drawRuler(context: Context, { axis, bars, layout, palette }: WavePicture): void {
  const y = layout.ruler.topPx + layout.ruler.heightPx / 2 + 1;
  context.textBaseline = 'middle';
  const numbers = `11.5px ${palette.font}`;
  const names = `600 11.5px ${palette.font}`;
  // The only section of a form says nothing.
  const hasSections = new Set(bars.map((one) => one.section)).size > 2;
  const nameOf = (bar: Bar) => {
    const chorus = bar.chorus === null ? '' : `Chorus ${bar.chorus}`;
    return [chorus, hasSections ? bar.section : ''].filter((one) => one !== '').join(' · ');
  };
  const measure = (bar: Bar) => {
    context.font = names;
    return context.measureText(`${bar.number} ${nameOf(bar)}`).width + 4;
  };
  const seen = barsIn(bars, axis);
  for (const { item, x } of fitLabels(seen, (one) => axis.xOf(one.onsetSec), measure, rankOfBar)) {
    const name = nameOf(item);
    context.font = numbers;
    context.fillStyle = palette['ink-soft'];
    context.fillText(String(item.number), x + 4, y);
    if (name === '') continue;
    const after = x + 8 + context.measureText(String(item.number)).width;
    context.font = names;
    context.fillStyle = palette.accent;
    context.fillText(name, after, y);
  }
}

function drawChords(context: Context, { axis, chords, layout, palette }: WavePicture): void {
  const size = layout.chords.heightPx - 7;
  context.font = `${size}px ${palette.hand}`;
  context.textBaseline = 'middle';
  context.fillStyle = palette.ink;
  const seen = chords.filter((one) => {
    const { onset_sec = 0, offset_sec = 0 } = one;
    return offset_sec > axis.fromSec && onset_sec < axis.toSec && symbolOf(one) !== '';
  });
  const labels = fitLabels(
    seen,
    // One that began before the view is named at its edge.
    (one) => Math.max(0, axis.xOf(one.onset_sec ?? 0)),
    (one) => context.measureText(symbolOf(one)).width,
    // What begins here is news.
    (one) => ((one.onset_sec ?? 0) < axis.fromSec ? 1 : 0),
  );
  // Some of many would be taken for all.
  if (labels.length < seen.length * LEAST_CHORDS) return;
  const y = layout.chords.topPx + layout.chords.heightPx / 2;
  for (const { item, x } of labels) context.fillText(symbolOf(item), x + 4, y);
}

/** Write a chord as players do; nothing where there is none. */
function symbolOf(chord: Chord): string {
  const symbol = chord.symbol ?? '';
  if (symbol === 'N' || symbol === 'N.C.') return '';
  return withSigns(symbol);
}
