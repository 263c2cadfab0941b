/** Rows of the piano roll: one a semitone, the highest on top. */

const LOWEST_MIDI = 0;
const HIGHEST_MIDI = 127;
/** Air above and below the notes: an octave in all. */
const AIR_SEMITONES = 6;
const LEAST_SEMITONES = 24;
const BLACK_KEYS = new Set([1, 3, 6, 8, 10]);
const NAMES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'];

export class PitchScale {
  constructor(
    readonly lowMidi: number,
    readonly highMidi: number,
    readonly heightPx: number,
  ) {}

  get rowPx(): number {
    return this.heightPx / (this.highMidi - this.lowMidi + 1);
  }

  /** Upper edge of a row, from the top of the roll; of a pitch between keys the row around it. */
  topOf(pitchMidi: number): number {
    return (this.highMidi - pitchMidi) * this.rowPx;
  }

  /** Key at a height; beyond the edges the outermost. */
  pitchAt(y: number): number {
    const pitch = this.highMidi - Math.floor(y / this.rowPx);
    return Math.min(Math.max(this.lowMidi, pitch), this.highMidi);
  }
}

/**
 * Fit rows to notes.
 *
 * @returns the lowest and highest key that is shown; two octaves around middle C for no notes
 */
export function fitPitches(pitchesMidi: readonly number[]): [lowMidi: number, highMidi: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const one of pitchesMidi) {
    low = Math.min(low, Math.floor(one));
    high = Math.max(high, Math.ceil(one));
  }
  if (low > high) return [48, 72];
  low -= AIR_SEMITONES;
  high += AIR_SEMITONES;
  const missing = LEAST_SEMITONES - (high - low);
  if (missing > 0) {
    low -= Math.ceil(missing / 2);
    high += Math.floor(missing / 2);
  }
  return [Math.max(LOWEST_MIDI, low), Math.min(HIGHEST_MIDI, high)];
}

export function isBlackKey(pitchMidi: number): boolean {
  return BLACK_KEYS.has(((pitchMidi % 12) + 12) % 12);
}

export function isC(pitchMidi: number): boolean {
  return pitchMidi % 12 === 0;
}

/** Name a key with its octave: 60 is C4. */
export function nameOf(pitchMidi: number): string {
  const key = Math.round(pitchMidi);
  return `${NAMES[((key % 12) + 12) % 12] ?? ''}${Math.floor(key / 12) - 1}`;
}

/** Write the accidentals of a note's name or a chord's symbol as musicians do: Bb7b9 is B♭7♭9. */
export function withSigns(name: string): string {
  // The b of "sub" or "blues" is a letter.
  return name
    .replace(/([A-G])(b+)/g, (_, root: string, flats: string) => root + '♭'.repeat(flats.length))
    .replace(/b(?=\d)/g, '♭')
    .replace(/#/g, '♯');
}
