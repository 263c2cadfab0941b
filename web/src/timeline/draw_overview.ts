/** Draws the whole recording as a strip: its outline, where choruses begin, where licks are. */
import type { Bar } from '../time/bars';
import type { Palette } from './palette';
import { columnsOf, type Peaks } from './peaks';

export interface OverviewPicture {
  widthPx: number;
  heightPx: number;
  durationSec: number;
  palette: Palette;
  peaks: Peaks | null;
  loudest: number;
  bars: readonly Bar[];
  notes: readonly { onset_sec: number; offset_sec: number; pitch_midi: number }[];
  licks: readonly { onset_sec: number; offset_sec: number }[];
}

const TICKS_PX = 6;

export function drawOverview(context: CanvasRenderingContext2D, picture: OverviewPicture): void {
  const { widthPx, heightPx, durationSec, palette } = picture;
  const xOf = (sec: number) => (sec / durationSec) * widthPx;
  if (picture.peaks === null) drawNotes(context, picture, xOf);
  else drawOutline(context, picture);
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'top';
  for (const bar of picture.bars) {
    if (bar.chorus === null) continue;
    const x = xOf(bar.onsetSec);
    context.fillStyle = palette['line-strong'];
    context.fillRect(Math.round(x), 0, 1, heightPx);
    context.fillStyle = palette['ink-soft'];
    context.fillText(String(bar.chorus), x + 3, 1);
  }
  context.strokeStyle = palette['lick-line'];
  context.fillStyle = palette.brass;
  for (const lick of picture.licks) {
    const width = Math.max(3, xOf(lick.offset_sec) - xOf(lick.onset_sec));
    context.fillRect(xOf(lick.onset_sec), heightPx - TICKS_PX, width, TICKS_PX);
    context.strokeRect(
      xOf(lick.onset_sec) + 0.5,
      heightPx - TICKS_PX + 0.5,
      width - 1,
      TICKS_PX - 1,
    );
  }
}

function drawOutline(context: CanvasRenderingContext2D, picture: OverviewPicture): void {
  const { widthPx, heightPx, durationSec, peaks, loudest, palette } = picture;
  if (peaks === null) return;
  const middle = (heightPx - TICKS_PX) / 2;
  const columns = columnsOf(peaks, 0, durationSec / widthPx, Math.ceil(widthPx));
  context.fillStyle = palette.wave;
  for (let x = 0; 2 * x < columns.length; x++) {
    const high = ((columns[2 * x + 1] ?? 0) / loudest) * middle;
    const low = ((columns[2 * x] ?? 0) / loudest) * middle;
    context.fillRect(x, middle - high, 1, Math.max(1, high - low));
  }
}

/** A score has no sound: its line is drawn instead. */
function drawNotes(
  context: CanvasRenderingContext2D,
  { notes, heightPx, palette }: OverviewPicture,
  xOf: (sec: number) => number,
): void {
  const pitches = notes.map((one) => one.pitch_midi);
  const low = pitches.reduce((least, one) => Math.min(least, one), Infinity);
  const high = pitches.reduce((most, one) => Math.max(most, one), -Infinity);
  const room = heightPx - TICKS_PX - 4;
  context.fillStyle = palette.wave;
  for (const one of notes) {
    const share = high > low ? (high - one.pitch_midi) / (high - low) : 0.5;
    const width = Math.max(1, xOf(one.offset_sec) - xOf(one.onset_sec));
    context.fillRect(xOf(one.onset_sec), share * room, width, 2);
  }
}
