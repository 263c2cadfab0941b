/** What is said of keys, steps and whole ladders. */
import { temposOf } from './ladder';
import type { LadderSettings } from './settings';
import { tonicNamed } from '../player/steps';

/** Say how much higher than the recording something is. */
export function semitonesText(semitones: number): string {
  if (semitones === 0) return 'as recorded';
  const size = Math.abs(semitones);
  return `${semitones > 0 ? '+' : '−'}${size} semitone${size === 1 ? '' : 's'}`;
}

/** Name a key for the eye, such as `B♭`; how far it is where the recording's is not known. */
export function keyShown(key: string | null, semitones: number): string {
  return tonicNamed(key, semitones) ?? (semitones > 0 ? `+${semitones}` : `−${-semitones}`);
}

/** Name a key for the ear: screen readers do not agree on flats. */
export function spoken(name: string): string {
  return name
    .replace('♭', ' flat')
    .replace('♯', ' sharp')
    .replace(/m$/, ' minor')
    .replace('−', 'minus ');
}

/** How long a ladder takes without a miss, seconds; counts before steps are left out. */
export function climbSec(settings: LadderSettings, nKeys: number, loopSec: number): number {
  const shares = temposOf(settings).map((percent) => 100 / percent);
  const once = shares.reduce((sum, one) => sum + one, 0);
  return nKeys * settings.nPasses * loopSec * once;
}

/** Write a length of time for a plan: nobody practises by the second. */
export function aboutText(sec: number): string {
  if (sec < 50) return `about ${Math.max(10, Math.round(sec / 10) * 10)} seconds`;
  const minutes = Math.max(1, Math.round(sec / 60));
  return `about ${minutes} minute${minutes === 1 ? '' : 's'}`;
}

/** Say what a ladder will be. */
export function planText(settings: LadderSettings, nKeys: number, loopSec: number): string {
  const { startPercent, targetPercent } = settings;
  const nTempos = temposOf(settings).length;
  const tempo = nTempos === 1 ? `at ${targetPercent} %` : `${startPercent} to ${targetPercent} %`;
  const keys = nKeys === 1 ? 'in one key' : `in ${nKeys} keys`;
  const nPasses = nTempos * nKeys * settings.nPasses;
  const passes = nPasses === 1 ? '1 pass' : `${nPasses} passes`;
  return `${passes}, ${tempo} ${keys}: ${aboutText(climbSec(settings, nKeys, loopSec))}.`;
}
