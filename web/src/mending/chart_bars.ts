/** The bars of a chart that is edited: one chorus for all, one of them, or all bars. */
import type { Analysis, Chord } from '../api/types';
import { type Bar, lastAtOrBefore } from '../time/bars';
import { barText, type PlacedChord } from './bar_text';

/** Chords enter on beats; what is off by less than this share of one is rounding. */
const BEAT_SHARE = 0.3;

/** What is shown: the form with every chorus in it, one chorus by its number, all bars. */
export type Scope = 'every' | 'all' | number;

/** A chord of a bar, as far as it is known. */
export interface BarChord extends PlacedChord {
  confidence: number;
  alternatives: { symbol: string; confidence: number }[];
  onsetSec: number;
}

/** A square of the chart. */
export interface Cell {
  /** Keeps what is typed there while everything else is renewed. */
  key: string;
  /** Number shown: of the bar in the form, or of the recording. */
  number: number;
  /** Where an edit goes: the same bar of each chorus, or one bar. */
  bars: Bar[];
  chords: BarChord[];
  text: string;
  /** Whether the bar before is played again. */
  isRepeat: boolean;
  /** How many choruses have other chords here. */
  nOthers: number;
  section: string;
}

/** Find the chords of each bar, the one that is held into it included. */
export function chordsOfBar(bar: Bar, chords: readonly Chord[]): BarChord[] {
  const nBeats = Math.max(1, bar.beatSecs.length);
  const slackSec = (BEAT_SHARE * (bar.offsetSec - bar.onsetSec)) / nBeats;
  const first = Math.max(0, lastAtOrBefore(chords, bar.onsetSec + slackSec, onsetOf));
  const found: BarChord[] = [];
  for (const chord of chords.slice(first)) {
    if (onsetOf(chord) >= bar.offsetSec - slackSec) break;
    if ((chord.offset_sec ?? 0) <= bar.onsetSec + slackSec) continue;
    const beat = lastAtOrBefore(bar.beatSecs, onsetOf(chord) + slackSec, (sec) => sec);
    const placed = toBarChord(chord, Math.max(0, beat));
    // Two on one beat: the later one is what sounds.
    if (found.at(-1)?.beat === placed.beat) found.pop();
    found.push(placed);
  }
  return found;
}

function onsetOf(chord: Chord): number {
  return chord.onset_sec ?? 0;
}

function toBarChord(chord: Chord, beat: number): BarChord {
  return {
    beat,
    symbol: chord.symbol ?? '',
    confidence: chord.confidence ?? 1,
    alternatives: chord.alternatives ?? [],
    onsetSec: onsetOf(chord),
  };
}

/** The scopes that a solo has, that to begin with first. */
export function scopesOf(form: Analysis['form']): Scope[] {
  if (form == null || form.choruses.length < 2) return ['all'];
  return ['every', ...form.choruses.map((one) => one.number), 'all'];
}

/** Lay the bars of a solo out as squares. */
export function cellsOf(
  scope: Scope,
  bars: readonly Bar[],
  chords: readonly Chord[],
  form: Analysis['form'],
): Cell[] {
  const cells =
    form == null || scope === 'all'
      ? bars.map((bar) => cellOf(`bar ${bar.number}`, bar.number, [bar], chords))
      : scope === 'every'
        ? everyChorus(bars, chords, form)
        : oneChorus(scope, bars, chords, form);
  cells.forEach((cell, at) => {
    const before = cells[at - 1];
    cell.isRepeat = before !== undefined && cell.text !== '' && cell.text === before.text;
  });
  return cells;
}

type Form = NonNullable<Analysis['form']>;

function everyChorus(bars: readonly Bar[], chords: readonly Chord[], form: Form): Cell[] {
  const byNumber = new Map(bars.map((one) => [one.number, one]));
  return Array.from({ length: form.n_bars }, (_, at) => {
    const played = form.choruses.flatMap((chorus) => byNumber.get(chorus.first_bar + at) ?? []);
    const cell = cellOf(`form ${at + 1}`, at + 1, played, chords);
    cell.section = form.sections.find((one) => one.first_bar === at + 1)?.label ?? '';
    return cell;
  });
}

function oneChorus(
  number: number,
  bars: readonly Bar[],
  chords: readonly Chord[],
  form: Form,
): Cell[] {
  const chorus = form.choruses.find((one) => one.number === number);
  if (chorus === undefined) return [];
  return bars
    .filter(
      (bar) => bar.number >= chorus.first_bar && bar.number < chorus.first_bar + chorus.n_bars,
    )
    .map((bar) => cellOf(`bar ${bar.number}`, bar.number, [bar], chords));
}

/** Make a square of bars that are to be alike: it shows what most of them have. */
function cellOf(key: string, number: number, bars: Bar[], chords: readonly Chord[]): Cell {
  const read = bars.map((bar) => {
    const found = chordsOfBar(bar, chords);
    return { chords: found, text: barText(found, bar.beatSecs.length) };
  });
  const weights = new Map<string, number>();
  for (const one of read) {
    const least = Math.min(1, ...one.chords.map((chord) => chord.confidence));
    weights.set(one.text, (weights.get(one.text) ?? 0) + 0.1 + least);
  }
  const [text = ''] = [...weights].sort((a, b) => b[1] - a[1])[0] ?? [];
  const shown = read.find((one) => one.text === text);
  return {
    key,
    number,
    bars,
    chords: shown?.chords ?? [],
    text,
    isRepeat: false,
    nOthers: read.filter((one) => one.text !== text).length,
    section: bars[0]?.section ?? '',
  };
}

/** What the service takes for the chords of some bars. */
export interface ChordEvent {
  onset_sec: number;
  offset_sec: number;
  symbol: string;
}

/** Say when the chords of a bar sound. */
export function eventsOf(bar: Bar, chords: readonly PlacedChord[]): ChordEvent[] {
  const placed = chords.filter((one) => one.beat < bar.beatSecs.length);
  return placed.map((one, at) => ({
    onset_sec: bar.beatSecs[one.beat] ?? bar.onsetSec,
    offset_sec: bar.beatSecs[placed[at + 1]?.beat ?? -1] ?? bar.offsetSec,
    symbol: one.symbol,
  }));
}

/** Write squares as a chart that can be laid over a recording. */
export function chartText(cells: readonly Cell[], timeSignature: string): string {
  const bars = cells.map((cell, at) => {
    const section = cell.section === '' ? '' : `[${cell.section}] `;
    if (cell.isRepeat && at > 0) return `${section}%`;
    return section + (cell.text === '' ? 'N.C.' : cell.text.replaceAll(' .', ' /'));
  });
  const lines: string[] = [];
  for (let at = 0; at < bars.length; at += 4)
    lines.push(`| ${bars.slice(at, at + 4).join(' | ')} |`);
  return [`Time: ${timeSignature}`, ...lines].join('\n');
}
