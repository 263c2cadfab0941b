/** What is said of an attempt. */
import type { AttemptSummary } from '../api/types';
import { keyWords } from '../library/words';
import { SIGNS, type NoteMark } from './signs';

type Pass = NonNullable<AttemptSummary['best']>;

/** Say how much was right. */
export function accuracyText(accuracy: number): string {
  // Who missed one note of many did not play all of it.
  const percent = accuracy < 1 ? Math.min(99, Math.round(100 * accuracy)) : 100;
  return `${percent} % right`;
}

/** Say how fast, and in which key. */
export function placeText(pass: Pass): string {
  const tempo = `♩ = ${Math.round(pass.tempo_bpm)} (${Math.round(pass.tempo_percent)} % of the recording)`;
  const key = pass.key === null ? semitonesText(pass.semitones) : keyWords(pass.key);
  return `${tempo} · ${key}`;
}

function semitonesText(semitones: number): string {
  if (semitones === 0) return 'at the pitch of the recording';
  return `${Math.abs(semitones)} semitones ${semitones > 0 ? 'up' : 'down'}`;
}

/** Say what became of one note: `late, 64 ms`, `wrong note, 1 semitone too low`. */
export function markText(mark: NoteMark): string {
  const { kind, deviation_ms: ms, expected_midi: expected, heard_midi: heard } = mark;
  const { meaning } = SIGNS[kind];
  if (kind === 'wrong' && heard !== null) {
    const size = Math.abs(heard - expected);
    const way = heard > expected ? 'high' : 'low';
    return `${meaning}, ${size} semitone${size === 1 ? '' : 's'} too ${way}`;
  }
  if ((kind === 'early' || kind === 'late') && ms !== null) {
    return `${meaning}, ${Math.abs(Math.round(ms))} ms`;
  }
  return meaning;
}

/** Semitones from the recording as the practice log has them: octaves do not count. */
export function keySemitones(semitones: number): number {
  return semitones % 12;
}
