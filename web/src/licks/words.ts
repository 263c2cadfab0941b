/** What is said of licks: what they are called, where they are, how good they are. */
import type { Lick } from '../api/types';

const CADENCE = /(?:spans|plays over) (?:the )?(.+ in [A-G].*?)(?: \(bars? [^)]*\))?\.$/i;

const SIGN =
  /(?<=(?<![A-Za-z])[A-G])[b#](?![a-z])|(?<=(?<![A-Za-z])[A-G])[b#](?=m|dim|aug|sus|add|alt)|(?<![A-Za-z])[b#](?=\d)/g;

/** Write flats and sharps of chords, keys, notes and degrees as musicians do. */
export function withSigns(text: string): string {
  return text.replace(SIGN, (sign) => (sign === 'b' ? '♭' : '♯'));
}

/** Write a sentence of the service for people: degrees of harmony joined by dashes, signs. */
export function readable(sentence: string): string {
  return withSigns(sentence)
    .replace(/\bii-V-(I|i)\b/g, 'ii–V–$1')
    .replace(/(\d)-(\d)/g, '$1–$2');
}

/** Call a lick by its name, else by the cadence it is over, else by its number. */
export function labelOf(lick: Pick<Lick, 'name' | 'number' | 'reasons'>): string {
  if (lick.name !== null) return lick.name;
  const cadence = lick.reasons.find((one) => one.kind === 'cadence')?.text.match(CADENCE)?.[1];
  if (cadence === undefined) return `Lick ${lick.number}`;
  const label = readable(cadence);
  // A numeral of harmony keeps its case: ii is not II.
  return /^[iv]+–/.test(label) ? label : label.charAt(0).toUpperCase() + label.slice(1);
}

/** Say why it is a lick; what its label says already comes last. */
export function reasonsOf(lick: Pick<Lick, 'name' | 'reasons'>): string[] {
  const isSaid = (one: Lick['reasons'][number]) => lick.name === null && one.kind === 'cadence';
  return lick.reasons
    .toSorted((one, other) => Number(isSaid(one)) - Number(isSaid(other)))
    .map((one) => readable(one.text));
}

/** Name bars that follow each other: `bar 4`, `bars 4–6`; nothing where there are none. */
export function barsText(bars: readonly number[]): string {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? `bar ${first}` : `bars ${first}–${last}`;
}

/** Say where something is: its bars, or its time where there are none. */
export function placeText(place: { bars: readonly number[]; onset_sec: number }): string {
  return barsText(place.bars) || timeText(place.onset_sec);
}

/** Write a moment as `1:04.5`. */
export function timeText(sec: number): string {
  const tenths = Math.round(sec * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** Say how likely a listener would call it a lick. */
export function licknessText(lickness: number): string {
  if (lickness >= 0.9) return 'surely a lick';
  if (lickness >= 0.7) return 'a good lick';
  if (lickness >= 0.45) return 'perhaps a lick';
  return 'hardly a lick';
}

/** How many players of the corpus play it, when that was looked up. */
export function playersOf(lick: Pick<Lick, 'reasons'>): number | null {
  return lick.reasons.find((one) => one.kind === 'shared')?.value ?? null;
}

/** Say how much higher something is played. */
export function transpositionText(semitones: number): string {
  if (semitones === 0) return 'same pitch';
  const octaves = Math.abs(semitones) / 12;
  const way = semitones > 0 ? 'up' : 'down';
  if (Number.isInteger(octaves))
    return octaves === 1 ? `octave ${way}` : `${octaves} octaves ${way}`;
  const steps = Math.abs(semitones);
  return `${steps} semitone${steps === 1 ? '' : 's'} ${way}`;
}
