/** The ladder: the tempo rises pass by pass to its target, then comes the next key. Nothing sounds here. */
import { LIMITS, type LadderSettings } from './settings';

/** What a player gives back after misses, or takes at once, per cent of the tempo. */
export const LEAP_PERCENT = 8;
/** So many misses in one step make it easier. */
const MISSES = 2;

export type Rating = 'clean' | 'missed';

export interface Ladder {
  readonly settings: LadderSettings;
  /** Keys in their order, semitones from the recording. */
  readonly keys: readonly number[];
  readonly keyAt: number;
  readonly percent: number;
  /** That count, of this step. */
  readonly nPassed: number;
  readonly nMissed: number;
  /** What was said of the pass that runs; it counts when the pass ends. */
  readonly rating: Rating | null;
  /** The highest tempo of each key whose passes were all played; 0 for none. */
  readonly reached: readonly number[];
  readonly isEnded: boolean;
}

export interface Step {
  semitones: number;
  percent: number;
}

/** Stand on the lowest step. */
export function begin(settings: LadderSettings, keys: readonly number[]): Ladder {
  return {
    settings,
    keys,
    keyAt: 0,
    percent: settings.startPercent,
    nPassed: 0,
    nMissed: 0,
    rating: null,
    reached: keys.map(() => 0),
    isEnded: false,
  };
}

export function semitonesOf(ladder: Ladder): number {
  return ladder.keys[ladder.keyAt] ?? 0;
}

/** A pass of the loop has ended. */
export function passed(ladder: Ladder): Ladder {
  if (ladder.isEnded) return ladder;
  const counts = ladder.settings.isRated ? ladder.rating : 'clean';
  if (counts === 'missed') return missed(ladder);
  const nPassed = ladder.nPassed + (counts === 'clean' ? 1 : 0);
  if (nPassed < ladder.settings.nPasses) return { ...ladder, nPassed, rating: null };
  const reached = ladder.reached.with(
    ladder.keyAt,
    Math.max(ladder.reached[ladder.keyAt] ?? 0, ladder.percent),
  );
  return next({ ...ladder, reached });
}

/** A miss: the clean passes count from the start again, and two of them make it easier. */
function missed(ladder: Ladder): Ladder {
  const nMissed = ladder.nMissed + 1;
  if (nMissed >= MISSES) return easier(ladder);
  return { ...ladder, nPassed: 0, nMissed, rating: null };
}

/** Say how the pass that runs was; saying it again corrects it. */
export function rate(ladder: Ladder, rating: Rating): Ladder {
  return ladder.isEnded ? ladder : { ...ladder, rating };
}

/** Go on to the next step; behind the last one the ladder ends. */
export function next(ladder: Ladder): Ladder {
  const step = stepAfter(ladder);
  if (step === null) return { ...ladder, isEnded: true, rating: null };
  return stand(ladder, step.keyAt, step.percent);
}

/** Go on with the next key, or end. */
export function nextKey(ladder: Ladder): Ladder {
  if (ladder.keyAt + 1 >= ladder.keys.length) return { ...ladder, isEnded: true, rating: null };
  return stand(ladder, ladder.keyAt + 1, ladder.settings.startPercent);
}

/** Go back a step; before the first tempo of a key lies the target of the key before it. */
export function back(ladder: Ladder): Ladder {
  const { startPercent, targetPercent, stepPercent } = ladder.settings;
  if (ladder.percent > startPercent) {
    return stand(ladder, ladder.keyAt, Math.max(startPercent, ladder.percent - stepPercent));
  }
  if (ladder.keyAt === 0) return again(ladder);
  return stand(ladder, ladder.keyAt - 1, targetPercent);
}

/** Play the step once more from its first pass. */
export function again(ladder: Ladder): Ladder {
  return stand(ladder, ladder.keyAt, ladder.percent);
}

export function easier(ladder: Ladder): Ladder {
  const slowest = LIMITS.startPercent[0];
  return stand(ladder, ladder.keyAt, Math.max(slowest, ladder.percent - LEAP_PERCENT));
}

export function harder(ladder: Ladder): Ladder {
  const { targetPercent } = ladder.settings;
  return stand(ladder, ladder.keyAt, Math.min(targetPercent, ladder.percent + LEAP_PERCENT));
}

/** What comes after this step; null for the end. */
export function comesNext(ladder: Ladder): Step | null {
  const step = stepAfter(ladder);
  return step && { semitones: ladder.keys[step.keyAt] ?? 0, percent: step.percent };
}

/** The tempos that a key is played at, slowest first. */
export function temposOf(settings: LadderSettings): number[] {
  const tempos: number[] = [];
  const { startPercent, targetPercent, stepPercent } = settings;
  for (let percent = startPercent; percent < targetPercent; percent += stepPercent) {
    tempos.push(percent);
  }
  return [...tempos, targetPercent];
}

function stepAfter(ladder: Ladder): { keyAt: number; percent: number } | null {
  const { keyAt, percent, keys } = ladder;
  const { startPercent, targetPercent, stepPercent } = ladder.settings;
  if (percent < targetPercent) {
    return { keyAt, percent: Math.min(targetPercent, percent + stepPercent) };
  }
  return keyAt + 1 < keys.length ? { keyAt: keyAt + 1, percent: startPercent } : null;
}

function stand(ladder: Ladder, keyAt: number, percent: number): Ladder {
  return { ...ladder, keyAt, percent, nPassed: 0, nMissed: 0, rating: null, isEnded: false };
}
