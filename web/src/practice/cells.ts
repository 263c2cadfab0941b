/** What the strip of a ladder shows. */
import { type Ladder, temposOf } from './ladder';

export interface Cell {
  /** Per cent of a tempo, or semitones of a key where there are several. */
  value: number;
  /** 0 to 1: how much of it is done. */
  share: number;
  isNow: boolean;
}

/** Cut a ladder into cells: one for each tempo of a single key, else one for each key. */
export function cellsOf(ladder: Ladder): Cell[] {
  const tempos = temposOf(ladder.settings);
  const ofPass = ladder.nPassed / ladder.settings.nPasses;
  if (ladder.keys.length === 1) {
    const top = ladder.reached[0] ?? 0;
    // After a leap the tempo may lie between two: the highest that it has got to is the one.
    const now = tempos.findLastIndex((one) => one <= ladder.percent);
    return tempos.map((value, at) => {
      const isNow = !ladder.isEnded && at === Math.max(0, now);
      return { value, share: value <= top ? 1 : isNow ? ofPass : 0, isNow };
    });
  }
  return ladder.keys.map((value, at) => {
    const isNow = !ladder.isEnded && at === ladder.keyAt;
    const nDone = tempos.filter((one) => one <= (ladder.reached[at] ?? 0)).length;
    const part = isNow && nDone < tempos.length ? ofPass : 0;
    return { value, share: (nDone + part) / tempos.length, isNow };
  });
}
