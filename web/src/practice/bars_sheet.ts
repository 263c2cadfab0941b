/** The page of what is marked: some bars of a solo. */
import { api, unwrap } from '../api/client';
import type { Sheet, SheetLook } from '../score/sheet';

/** Get some bars of a solo, by their numbers. */
export function fetchBarsSheet(
  jobId: string,
  bars: { first: number; last: number },
  look: SheetLook,
  signal: AbortSignal,
): Promise<Sheet> {
  const query = {
    part: look.part ?? undefined,
    tab: look.showsTab ? undefined : 'none',
    semitones: look.semitones,
    width_mm: look.widthMm,
    staff_mm: look.staffMm,
    first_bar: bars.first,
    last_bar: bars.last,
    // Ids of one document: the whole score is beside it.
    id_prefix: `practice-${look.semitones < 0 ? 'd' : 'u'}${Math.abs(look.semitones)}-`,
  };
  return unwrap(
    api.GET('/jobs/{job_id}/sheet', { params: { path: { job_id: jobId }, query }, signal }),
  );
}
