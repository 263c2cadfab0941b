/** Which licks are listed, and in which order. */
import type { Lick } from '../api/types';

export type Order = 'best' | 'place';
export type Origin = 'all' | 'found' | 'chosen';

/** List licks of one origin, the most lick-like first or as they are played. */
export function arranged(licks: readonly Lick[], order: Order, origin: Origin): Lick[] {
  const wanted = licks.filter((one) => origin === 'all' || one.origin === origin);
  return wanted.sort((one, other) =>
    order === 'place'
      ? one.onset_sec - other.onset_sec
      : other.lickness - one.lickness || one.onset_sec - other.onset_sec,
  );
}

/**
 * Find the lick after another one, or before it; past an end it goes on at the other end.
 *
 * @param openId null for none, and of a lick that is not listed: the first or the last one
 */
export function neighbour(
  licks: readonly Lick[],
  openId: string | null,
  step: 1 | -1,
): Lick | null {
  if (licks.length === 0) return null;
  const at = licks.findIndex((one) => one.id === openId);
  if (at < 0) return licks.at(step > 0 ? 0 : -1) ?? null;
  return licks[(at + step + licks.length) % licks.length] ?? null;
}
