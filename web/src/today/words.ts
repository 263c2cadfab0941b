/** What is said of keys, days and tempos of practice. */
import { barsText } from '../licks/words';
import { tonicNamed } from '../player/steps';
import type { Brought, KeyOrder, PractisedLick } from './types';

/** Name a key for people: `Bb:major` is B♭, `C:minor` Cm. */
export function keyText(key: string, semitones = 0): string {
  return tonicNamed(key, semitones) ?? key;
}

/**
 * Name a key as a player reads it, and as it sounds where that is another one.
 *
 * @param transposition how much higher the player's part is written than it sounds, semitones
 */
export function keysText(key: string, transposition: number): { read: string; sounds: string } {
  const sounds = keyText(key);
  return { read: transposition % 12 === 0 ? sounds : keyText(key, transposition), sounds };
}

/** Say where a lick comes from. */
export function sourceText(lick: PractisedLick): string {
  return [lick.job_title, barsText(lick.bars)].filter((one) => one !== '').join(', ');
}

const DAY_MS = 86_400_000;

/** Days from one date to another, as the service writes dates. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Write a date: `Tue 3 Dec`. */
export function dateText(day: string): string {
  return new Date(Date.parse(day)).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

/** Say when something comes back. */
export function dueText(due: string | null, today: string): string {
  if (due === null) return 'new';
  const days = daysBetween(today, due);
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : dateText(due);
}

/** Name a band of tempos by where it begins, of the target: `60–69 %`. */
export function bandText(bands: readonly number[], at: number): string {
  const from = Math.round(100 * (bands[at] ?? 0));
  const next = bands[at + 1];
  if (next === undefined) return `${from} % +`;
  const to = Math.round(100 * next);
  return from === 0 ? `< ${to} %` : `${from}–${to - 1} %`;
}

export const ORDERS: [KeyOrder, string][] = [
  ['fourths', 'in fourths'],
  ['semitones', 'by semitones'],
  ['whole_tones', 'by whole tones'],
  ['random', 'in random order'],
];

/** Count something: `1 pass`, `3 passes`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Say what a log that was brought has changed. */
export function broughtText(brought: Brought): string {
  const { sessions, licks, known_sessions: knownSessions, known_licks: knownLicks } = brought;
  const added = `Added: ${counted(sessions, 'session')} and ${counted(licks, 'lick')}.`;
  const nKnown = knownSessions + knownLicks;
  if (nKnown === 0) return added;
  const known = `${counted(knownSessions, 'session')} and ${counted(knownLicks, 'lick')}`;
  return `${added} Here already, and as they were: ${known}.`;
}
