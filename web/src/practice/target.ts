/** What is practised: what is marked, else the lick that is open. */
import type { Lick } from '../api/types';
import type { Loop } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { barsNamed } from '../player/steps';
import { labelOf, placeText } from '../licks/words';
import { type Bar, barAt } from '../time/bars';

export interface Target {
  /** The same as long as it is the same thing. */
  id: string;
  title: string;
  place: string;
  stretch: Loop;
  /** Null for what is only marked. */
  lick: Lick | null;
  /** Of the sheet of what is only marked; null where there are none. */
  bars: { first: number; last: number } | null;
}

/** Moments this near to a bar line lie on it. */
const SLACK_SEC = 0.08;

export function targetOf(solo: Solo): Target | null {
  const { selection, lick, bars } = solo;
  if (selection !== null) {
    const { fromSec, toSec } = selection;
    return {
      id: `${fromSec}-${toSec}`,
      title: 'What is marked',
      place: barsNamed(bars, fromSec, toSec),
      stretch: selection,
      lick: null,
      bars: barsIn(selection, bars),
    };
  }
  if (lick === null) return null;
  return {
    id: lick.id,
    title: labelOf(lick),
    place: placeText(lick),
    stretch: { fromSec: lick.onset_sec, toSec: lick.offset_sec },
    lick,
    bars: null,
  };
}

function barsIn(stretch: Loop, bars: readonly Bar[]): Target['bars'] {
  const first = barAt(bars, stretch.fromSec + SLACK_SEC);
  const last = barAt(bars, stretch.toSec - SLACK_SEC);
  return first === null || last === null ? null : { first: first.number, last: last.number };
}
