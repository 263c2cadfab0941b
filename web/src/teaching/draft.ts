/** An assignment as it is being written: what the form holds, and what the service gets of it. */
import type { Lick } from '../api/types';
import { barsText, labelOf } from '../licks/words';
import type { AssignedLick, AssignmentDetails, Feedback, ScoreShown } from './types';

export interface LickDraft {
  lickId: string;
  /** What it is called in its solo, and where it is. */
  label: string;
  place: string;
  /** What students read; empty for its name. */
  title: string;
  hasAudio: boolean;
  speedPercent: number;
  score: ScoreShown;
  hasQuestions: boolean;
  /** Tonics as they sound, such as `Eb`. */
  keys: string[];
}

export interface Draft {
  title: string;
  text: string;
  /** Instrument's id or `concert`; empty for that of each recording. */
  part: string;
  feedback: Feedback;
  licks: LickDraft[];
}

/** The service's own limits. */
export const MOST_LICKS = 24;
export const SPEEDS = [100, 90, 80, 75, 70, 60, 50];
export const KEYS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

export const SCORES: [ScoreShown, string][] = [
  ['shown', 'is shown'],
  ['after_answers', 'is shown after the answers'],
  ['hidden', 'stays hidden'],
];
export const FEEDBACKS: [Feedback, string][] = [
  ['key', 'what is right, and why'],
  ['marks', 'right or wrong'],
  ['none', 'nothing'],
];

export function emptyDraft(): Draft {
  return { title: '', text: '', part: '', feedback: 'key', licks: [] };
}

/** Take a lick of a solo into an assignment, as it is usual. */
export function draftOf(lick: Lick, soloTitle: string): LickDraft {
  return {
    lickId: lick.id,
    label: labelOf(lick),
    place: [soloTitle, barsText(lick.bars)].filter((one) => one !== '').join(', '),
    title: '',
    hasAudio: true,
    speedPercent: 100,
    score: 'shown',
    hasQuestions: true,
    keys: [],
  };
}

/** Read an assignment that is there; licks that are gone are left out. */
export function readDraft(details: AssignmentDetails): Draft {
  return {
    title: details.title,
    text: details.text,
    part: details.part ?? '',
    feedback: details.feedback,
    licks: details.licks.flatMap((one) => readLick(one, details)),
  };
}

function readLick(one: AssignedLick, details: AssignmentDetails): LickDraft[] {
  const found = details.found.find((lick) => lick.number === one.number);
  if (one.lick_id === null || found === undefined) return [];
  return [
    {
      lickId: one.lick_id,
      label: found.title,
      place: barsText(found.bars),
      title: one.title ?? '',
      hasAudio: one.audio,
      speedPercent: one.speed_percent,
      score: one.score,
      hasQuestions: one.questions,
      keys: one.keys.map((key) => key.split(':')[0] ?? key),
    },
  ];
}

/** Write what the service wants. */
export function bodyOf(draft: Draft) {
  return {
    title: draft.title.trim(),
    text: draft.text.trim(),
    part: draft.part === '' ? null : draft.part,
    feedback: draft.feedback,
    licks: draft.licks.map((one) => ({
      lick_id: one.lickId,
      title: one.title.trim() === '' ? null : one.title.trim(),
      audio: one.hasAudio,
      speed_percent: one.speedPercent,
      score: one.score,
      questions: one.hasQuestions,
      keys: one.keys,
    })),
  };
}

/** Say what keeps it from being saved; empty for nothing. */
export function problemOf(draft: Draft): string {
  if (draft.title.trim() === '') return 'Give it a title.';
  if (draft.licks.length === 0) return 'Choose at least one lick.';
  if (draft.licks.length > MOST_LICKS) return `Take ${MOST_LICKS} licks at most.`;
  const wrong = draft.licks.find((one) => one.score === 'after_answers' && !one.hasQuestions);
  if (wrong !== undefined)
    return `Ask questions about ${wrong.label}, or its notation is never shown.`;
  return '';
}

/** Move what is at a place by some places; past an end it stays there. */
export function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const to = Math.min(list.length - 1, Math.max(0, at + by));
  const item = list[at];
  if (item === undefined || to === at) return [...list];
  const rest = list.toSpliced(at, 1);
  return rest.toSpliced(to, 0, item);
}
