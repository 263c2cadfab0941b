/** Moments and notes as musicians name them, for those who hear the page. */
import { type Bar, barAt, lastAtOrBefore } from '../time/bars';

/** Say where a moment is: "bar 5, beat 2", or its seconds where there are no bars. */
export function describeMoment(bars: readonly Bar[], sec: number): string {
  const bar = barAt(bars, sec);
  if (bar === null) return `${sec.toFixed(1)} seconds`;
  // A beat that was snapped to may be a hair behind the moment.
  const at = lastAtOrBefore(bar.beatSecs, sec + 1e-3, (one) => one);
  return `bar ${bar.number}, beat ${bar.firstPosition + Math.max(0, at)}`;
}

/** Say which bars a stretch shows. */
export function describeStretch(bars: readonly Bar[], fromSec: number, toSec: number): string {
  const first =
    bars[
      Math.max(
        0,
        lastAtOrBefore(bars, fromSec, (one) => one.onsetSec),
      )
    ];
  const last = bars[lastAtOrBefore(bars, toSec, (one) => one.onsetSec)];
  if (first === undefined || last === undefined) {
    return `${fromSec.toFixed(0)} to ${toSec.toFixed(0)} seconds`;
  }
  return first === last ? `bar ${first.number}` : `bars ${first.number} to ${last.number}`;
}
