/** What is said of a place where something alike is played. */
import type { Match } from '../api/types';
import { timeText } from './words';

export type Kind = Match['alignment'][number]['kind'];

/** The sign of a note that is not the same, and what it means. */
export const SIGNS: Record<Exclude<Kind, 'same'>, { sign: string; meaning: string }> = {
  substituted: { sign: '◆', meaning: 'another note' },
  octave: { sign: '8', meaning: 'in another octave' },
  inserted: { sign: '+', meaning: 'added' },
  deleted: { sign: '×', meaning: 'left out' },
};

function counted(n: number, one: string, many: string): string | null {
  return n === 0 ? null : n === 1 ? `1 note ${one}` : `${n} notes ${many}`;
}

/** Say how a match differs: `2 notes differ, 1 note added`. */
export function differenceText(alignment: Match['alignment']): string {
  const of = (kind: Kind) => alignment.filter((one) => one.kind === kind).length;
  const parts = [
    counted(of('substituted'), 'differs', 'differ'),
    counted(of('octave'), 'in another octave', 'in another octave'),
    counted(of('inserted'), 'added', 'added'),
    counted(of('deleted'), 'left out', 'left out'),
  ].filter((one) => one !== null);
  return parts.length === 0 ? 'note for note' : parts.join(', ');
}

/** Name who plays it, and in what. */
export function whoText(match: Pick<Match, 'performer' | 'title' | 'year' | 'job_id'>): string {
  const who = match.performer || (match.job_id === null ? 'Somebody' : 'Your recording');
  const year = match.year === null ? '' : ` (${match.year})`;
  return `${who} – ${match.title}${year}`;
}

/** Say where in its solo a match is. */
export function whereText(match: Pick<Match, 'bar' | 'onset_sec'>): string {
  return match.bar === null ? timeText(match.onset_sec) : `bar ${match.bar}`;
}

/** Tell one result from another. */
export function keyOf(match: Pick<Match, 'solo_id' | 'first_note' | 'last_note'>): string {
  return `${match.solo_id} ${match.first_note} ${match.last_note}`;
}

/** Whether a result is the lick itself, found again in its own solo. */
export function isItself(
  match: Pick<Match, 'job_id' | 'onset_sec' | 'offset_sec'>,
  jobId: string,
  lick: { onset_sec: number; offset_sec: number },
): boolean {
  return (
    match.job_id === jobId && match.onset_sec < lick.offset_sec && match.offset_sec > lick.onset_sec
  );
}

export interface Wishes {
  player: string;
  instrument: string;
  style: string;
  chords: string;
  fromYear: string;
  toYear: string;
}

export const NO_WISHES: Wishes = {
  player: '',
  instrument: '',
  style: '',
  chords: '',
  fromYear: '',
  toYear: '',
};

/** Give wishes as the service takes them; what is empty does not matter. */
export function asked(wishes: Wishes) {
  const text = (one: string) => one.trim() || undefined;
  const year = (one: string) => (/^\d{1,4}$/.test(one.trim()) ? Number(one) : undefined);
  return {
    player: text(wishes.player),
    instrument: text(wishes.instrument),
    style: text(wishes.style),
    chords: text(wishes.chords),
    from_year: year(wishes.fromYear),
    to_year: year(wishes.toYear),
  };
}
