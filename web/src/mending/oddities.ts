/** What looks wrong with the beats of a solo, in sentences that say what to do. */
import type { Analysis } from '../api/types';
import type { Bar } from '../time/bars';

const SLOW_BPM = 70;
const FAST_BPM = 300;
/** Mean confidence of the beats below which the pulse was hard to hear. */
const UNSURE = 0.6;

export function odditiesOf(
  analysis: Pick<Analysis, 'beats' | 'tempo_bpm' | 'time_signature'>,
  bars: readonly Bar[],
): string[] {
  const beats = analysis.beats ?? [];
  if (beats.length === 0) return ['No beat was heard. Play it and tap along.'];
  const said: string[] = [];
  const tempoBpm = analysis.tempo_bpm ?? 0;
  if (tempoBpm < SLOW_BPM) said.push('This is slow. If two beats are one click, take × 2.');
  if (tempoBpm > FAST_BPM) said.push('This is fast. If one beat is two clicks, take ÷ 2.');
  const mean = beats.reduce((sum, one) => sum + (one.confidence ?? 1), 0) / beats.length;
  if (mean < UNSURE) said.push('The beat was hard to hear. Where the click is off, tap along.');
  const uneven = unevenBars(analysis.time_signature ?? null, bars);
  if (uneven !== null) said.push(uneven);
  return said;
}

/** Bars in the middle with another count than the time signature says. */
function unevenBars(timeSignature: string | null, bars: readonly Bar[]): string | null {
  const nBeats = Number(timeSignature?.split('/')[0]);
  if (!Number.isFinite(nBeats)) return null;
  const odd = bars.slice(1, -1).filter((one) => !fits(one.beatSecs.length, nBeats));
  const [first] = odd;
  if (first === undefined) return null;
  return odd.length === 1
    ? `Bar ${first.number} has ${first.beatSecs.length} beats. Say where beat 1 is after it.`
    : `${odd.length} bars have more or fewer beats, the first is bar ${first.number}.`;
}

/** Compound time is counted in threes: 6/8 has two beats or six. */
function fits(found: number, nBeats: number): boolean {
  return found === nBeats || (nBeats % 3 === 0 && nBeats > 3 && found === nBeats / 3);
}
