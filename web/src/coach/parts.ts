/** A sentence of the coach, cut so that its bars and times can be gone to. */
import type { CoachSentence } from '../api/types';
import { readable } from '../licks/words';

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'bar'; text: string; bar: number }
  | { kind: 'time'; text: string; sec: number };

type Said = Pick<CoachSentence, 'text' | 'bars' | 'from_sec' | 'to_sec' | 'match'>;

const PLACE = /\bbars? (-?\d+)(?:-(-?\d+))?|(?<![\d:])(\d+):([0-5]\d)(?![\d:])/g;

/** Cut a sentence; a bar that it does not rest on, or that is of another solo, stays text. */
export function partsOf(said: Said): Part[] {
  const parts: Part[] = [];
  const say = (text: string) => {
    if (text !== '') parts.push({ kind: 'text', text: readable(text) });
  };
  let done = 0;
  // Bars and titles of another solo are no places of this one.
  const found = said.match === null ? said.text.matchAll(PLACE) : [];
  for (const place of found) {
    const part = partOf(place, said);
    if (part === null) continue;
    say(said.text.slice(done, place.index));
    parts.push(part);
    done = place.index + place[0].length;
  }
  say(said.text.slice(done));
  return parts;
}

function partOf(place: RegExpExecArray, said: Said): Part | null {
  const [text, bar, lastBar, minutes, seconds] = place;
  if (bar !== undefined) {
    const number = Number(bar);
    if (!said.bars.includes(number)) return null;
    // A minus before a digit, a dash between two bars.
    const shown = [bar, lastBar].filter((one) => one !== undefined).map(withMinus);
    return { kind: 'bar', text: `${text.split(' ')[0]} ${shown.join('–')}`, bar: number };
  }
  const whole = 60 * Number(minutes) + Number(seconds);
  const known = [said.from_sec, said.to_sec].find(
    (sec) => sec !== null && (Math.floor(sec) === whole || Math.ceil(sec) === whole),
  );
  return { kind: 'time', text, sec: known ?? whole };
}

function withMinus(number: string): string {
  return number.replace('-', '−');
}
