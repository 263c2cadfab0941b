/** Draws the piano roll: spectrogram, rows, bars and beats, notes in the colours of their roles. */
import type { Note } from '../api/types';
import type { Bar } from '../time/bars';
import { type Axis, linesOf } from './marks';
import type { Palette } from './palette';
import { isBlackKey, isC, nameOf, type PitchScale } from './pitches';
import type { Sound } from './sound.svelte';

/** A note, and how it is shown. */
export interface DrawnNote {
  note: Note;
  /** Key of `Palette.notes`. */
  colour: keyof Palette['notes'];
  /** As its spelling has it, such as B♭4. */
  name: string;
  isDoubtful: boolean;
  isLit: boolean;
  isMarked: boolean;
}

export interface RollPicture {
  axis: Axis;
  widthPx: number;
  scale: PitchScale;
  palette: Palette;
  bars: readonly Bar[];
  notes: readonly DrawnNote[];
  /** Null where it is not wanted. */
  sound: Sound | null;
  regions: readonly { fromSec: number; toSec: number }[];
}

type Context = CanvasRenderingContext2D;

const LEAST_NOTE_PX = 2;
/** Room that a name wants in a bar. */
const LEAST_NAMED_PX = { width: 24, height: 8 };

export function drawRoll(context: Context, picture: RollPicture): void {
  const { palette, widthPx, scale } = picture;
  context.fillStyle = palette['roll-ground'];
  context.fillRect(0, 0, widthPx, scale.heightPx);
  drawSpectrogram(context, picture);
  drawRows(context, picture);
  drawTime(context, picture);
  for (const one of picture.notes) drawNote(context, picture, one);
}

function drawSpectrogram(context: Context, { sound, axis, scale }: RollPicture): void {
  const { tiles } = sound ?? {};
  const seen = sound?.tilesIn(axis.fromSec, axis.toSec) ?? null;
  if (sound === null || tiles === null || tiles === undefined || seen === null) return;
  const top = scale.topOf(tiles.highestMidi);
  const height = (tiles.highestMidi - tiles.lowestMidi + 1) * scale.rowPx;
  context.imageSmoothingEnabled = true;
  for (let at = seen[0]; at <= seen[1]; at++) {
    const picture = sound.tile(at);
    if (picture === null) continue;
    const x = axis.xOf(at * tiles.tileSec);
    const width = tiles.tileSec * axis.pxPerSec;
    context.drawImage(picture, x, top, width, height);
  }
}

function drawRows(context: Context, { scale, widthPx, palette }: RollPicture): void {
  context.fillStyle = palette['roll-ink'];
  for (let pitch = scale.lowMidi; pitch <= scale.highMidi; pitch++) {
    const top = scale.topOf(pitch);
    context.globalAlpha = 0.035;
    if (!isBlackKey(pitch)) context.fillRect(0, top, widthPx, scale.rowPx);
    context.globalAlpha = 0.16;
    if (isC(pitch)) context.fillRect(0, top + scale.rowPx - 0.5, widthPx, 1);
  }
  context.globalAlpha = 1;
}

function drawTime(context: Context, picture: RollPicture): void {
  const { axis, bars, scale, palette, regions } = picture;
  const { barsX, beatsX } = linesOf(bars, axis);
  context.fillStyle = palette.brass;
  for (const one of regions) {
    context.globalAlpha = 0.13;
    const width = (one.toSec - one.fromSec) * axis.pxPerSec;
    context.fillRect(axis.xOf(one.fromSec), 0, width, scale.heightPx);
  }
  context.fillStyle = palette['roll-ink'];
  context.globalAlpha = 0.12;
  for (const x of beatsX) context.fillRect(Math.round(x), 0, 1, scale.heightPx);
  context.globalAlpha = 0.34;
  for (const x of barsX) context.fillRect(Math.round(x), 0, 1, scale.heightPx);
  context.globalAlpha = 1;
}

function drawNote(context: Context, picture: RollPicture, drawn: DrawnNote): void {
  const { axis, scale, palette } = picture;
  const { note } = drawn;
  if (note.offset_sec < axis.fromSec || note.onset_sec > axis.toSec) return;
  const x = axis.xOf(note.onset_sec);
  const width = Math.max(LEAST_NOTE_PX, (note.offset_sec - note.onset_sec) * axis.pxPerSec - 1);
  const top = scale.topOf(note.pitch_midi) + 0.5;
  const height = Math.max(LEAST_NOTE_PX, scale.rowPx - 1);
  context.beginPath();
  context.roundRect(x, top, width, height, Math.min(3.5, height / 2, width / 2));
  // A dark rim tells a note from the sound under it.
  context.lineWidth = 2;
  context.strokeStyle = palette['roll-ground'];
  context.stroke();
  context.fillStyle = palette.notes[drawn.colour];
  context.fill();
  if (drawn.isDoubtful) hatch(context, palette, x, top, width, height);
  if (drawn.isLit || drawn.isMarked) {
    context.lineWidth = drawn.isMarked ? 2 : 1.5;
    context.strokeStyle = drawn.isMarked ? '#ffffff' : palette.brass;
    context.stroke();
  }
  if (width < LEAST_NAMED_PX.width || height < LEAST_NAMED_PX.height) return;
  context.font = `600 ${Math.min(12, height + 1)}px ${palette.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = palette['roll-ground'];
  context.fillText(drawn.name, x + 4, top + height / 2 + 0.5);
}

/** Stripe what is likely wrong, so that it is told without colour, too. */
function hatch(
  context: Context,
  palette: Palette,
  x: number,
  top: number,
  width: number,
  height: number,
): void {
  context.save();
  context.clip();
  context.strokeStyle = palette['roll-ground'];
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 5) {
    context.moveTo(at, top + height);
    context.lineTo(at + height, top);
  }
  context.stroke();
  context.restore();
  context.beginPath();
  context.roundRect(x, top, width, height, Math.min(3.5, height / 2, width / 2));
}

/** Draw the keys at the left of the roll, with the names of the Cs. */
export function drawKeys(
  context: Context,
  scale: PitchScale,
  widthPx: number,
  palette: Palette,
): void {
  context.fillStyle = palette['roll-ink'];
  context.fillRect(0, 0, widthPx, scale.heightPx);
  context.fillStyle = palette['roll-ground'];
  for (let pitch = scale.lowMidi; pitch <= scale.highMidi; pitch++) {
    const top = scale.topOf(pitch);
    if (isBlackKey(pitch)) context.fillRect(0, top, widthPx * 0.58, scale.rowPx);
    // Keys part between E and F, and between B and C.
    else if (isC(pitch) || pitch % 12 === 5)
      context.fillRect(0, top + scale.rowPx - 0.5, widthPx, 0.75);
  }
  context.font = `600 10.5px ${palette.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (let pitch = scale.lowMidi; pitch <= scale.highMidi; pitch++) {
    if (!isC(pitch)) continue;
    context.fillText(nameOf(pitch), widthPx - 2, scale.topOf(pitch) + scale.rowPx / 2 - 1);
  }
  context.textAlign = 'left';
}
