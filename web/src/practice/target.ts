/** What is practised: what is marked, else the lick that is open. */
import type { Lick, Note } from '../api/types';
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
  /** With the notes of what is only marked; null where there are none. */
  bars: { first: number; last: number } | null;
}

/** Moments that are this little before a bar line lie on it. */
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
      bars: barsIn(selection, solo.notes, bars),
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

/** Find the bars with the notes of a stretch: of bars without one at its ends there is no page. */
function barsIn(stretch: Loop, notes: readonly Note[], bars: readonly Bar[]): Target['bars'] {
  const onsets = notes
    .map((one) => one.onset_sec)
    .filter((sec) => sec >= stretch.fromSec && sec < stretch.toSec);
  // A note that comes a hair before the bar line is written behind it.
  const numbers = onsets.flatMap((sec) => barAt(bars, sec + SLACK_SEC)?.number ?? []);
  const [first, last] = [numbers[0], numbers.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
