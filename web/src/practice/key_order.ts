/** The order in which keys are practised, as semitones from the recording. */
import type { KeyOrder } from './settings';

const N_KEYS = 12;
const FOURTH = 5;

/**
 * List the keys of a ladder, the recording's first.
 *
 * Each comes in the octave nearest to the recording: -5 to 6 semitones from it.
 *
 * @param random numbers of at least 0 and below 1, asked for only in a random order
 */
export function keysOf(order: KeyOrder, nKeys: number, random: () => number): number[] {
  if (order === 'this key') return [0];
  const all = Array.from({ length: N_KEYS }, (_, at) => at);
  const inOrder = {
    fourths: () => all.map((at) => at * FOURTH),
    semitones: () => all,
    random: () => [0, ...shuffled(all.slice(1), random)],
  }[order]();
  return inOrder.slice(0, nKeys).map(nearest);
}

function nearest(semitones: number): number {
  const up = semitones % N_KEYS;
  return up > N_KEYS / 2 ? up - N_KEYS : up;
}

/** Fisher and Yates. */
function shuffled(values: readonly number[], random: () => number): number[] {
  const left = [...values];
  const drawn: number[] = [];
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}
