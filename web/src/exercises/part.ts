/** For whom things are written: the instrument whose part the page shows. */

/** Name it for the service; undefined is the instrument of the solo. */
export function partInstrument(part: string | null): string | undefined {
  return part === null || part === 'concert' ? undefined : part;
}

/** Name it for what is drawn: no instrument in particular reads as it sounds. */
export function drawnInstrument(part: string | null): string | undefined {
  return part === 'concert' ? 'other' : partInstrument(part);
}
