/** Links from the practice page into a solo: which lick, in which key, how fast. */

/** What the address of a solo asks of its player. */
export interface Wishes {
  /** From the recording. */
  semitones: number;
  /** Per cent of the recording's tempo; null for what it is. */
  percent: number | null;
}

/** As the player can. */
const MOST_SEMITONES = 12;
const PERCENT = [40, 120] as const;

/** Give the address that opens a lick in a key, at a tempo; of the solo alone without a lick. */
export function lickAddress(
  jobId: string,
  lickId: string,
  semitones: number,
  percent: number | null,
): string {
  const query = new URLSearchParams({ semitones: String(semitones) });
  if (percent !== null) query.set('speed', String(percent));
  return `/solos/${jobId}/licks/${lickId}?${query}`;
}

/** Read what an address asks for; null where it asks for nothing that can be had. */
export function wishesOf(search: string): Wishes | null {
  const query = new URLSearchParams(search);
  const semitones = wholeIn(query.get('semitones'), -MOST_SEMITONES, MOST_SEMITONES);
  if (semitones === null) return null;
  return { semitones, percent: wholeIn(query.get('speed'), ...PERCENT) };
}

/** Say a tempo as a share of another one, as far as the player can play it. */
export function percentOf(tempoBpm: number | null, originalBpm: number | null): number | null {
  if (tempoBpm === null || originalBpm === null) return null;
  const [least, most] = PERCENT;
  return Math.min(most, Math.max(least, Math.round((100 * tempoBpm) / originalBpm)));
}

function wholeIn(text: string | null, least: number, most: number): number | null {
  if (text === null || !/^-?\d{1,3}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
