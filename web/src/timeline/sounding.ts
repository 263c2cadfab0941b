/** Which notes sound at a moment. */
import type { Note } from '../api/types';
import { lastAtOrBefore } from '../time/bars';

/** A note that began so many notes before has ended, or nobody hears it. */
const LOOKED_AT = 24;

/** @param notes by onset */
export function soundingAt(notes: readonly Note[], sec: number): Note[] {
  const last = lastAtOrBefore(notes, sec, (one) => one.onset_sec);
  return notes.slice(Math.max(0, last - LOOKED_AT), last + 1).filter((one) => one.offset_sec > sec);
}
