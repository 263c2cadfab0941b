/** Sheets of the service: lines of music as SVG, with a map from what is drawn to what is heard. */
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type Sheet = components['schemas']['SheetOut'];
export type SheetLines = components['schemas']['SheetLinesOut'];
export type SheetBar = components['schemas']['SheetBarOut'];
export type SheetNote = components['schemas']['SheetNoteOut'];

/** How a sheet is to look. */
export interface SheetLook {
  /** Instrument's id or `concert`; null for the instrument that was heard. */
  part: string | null;
  showsTab: boolean;
  /** How much higher than the recording. */
  semitones: number;
  widthMm: number;
  staffMm: number;
}

/** What is asked of the service for it. */
export function queryOf(look: SheetLook, idPrefix: string) {
  return {
    part: look.part ?? undefined,
    tab: look.showsTab ? undefined : 'none',
    semitones: look.semitones,
    width_mm: look.widthMm,
    staff_mm: look.staffMm,
    id_prefix: idPrefix,
  };
}

const SOLO_PREFIX = 'score-';

/** Get the sheet of a solo, drawn as far as is wanted. */
export function fetchSheet(
  jobId: string,
  look: SheetLook,
  nLines: number,
  signal: AbortSignal,
): Promise<Sheet> {
  const query = { ...queryOf(look, SOLO_PREFIX), n_lines: nLines };
  return unwrap(
    api.GET('/jobs/{job_id}/sheet', { params: { path: { job_id: jobId }, query }, signal }),
  );
}

/** Get lines of the sheet of a solo; the first that are not drawn yet, for one. */
export function fetchSheetLines(
  jobId: string,
  look: SheetLook,
  start: number,
  nLines: number,
  signal: AbortSignal,
): Promise<SheetLines> {
  const query = { ...queryOf(look, SOLO_PREFIX), start, n_lines: nLines };
  return unwrap(
    api.GET('/jobs/{job_id}/sheet/lines', { params: { path: { job_id: jobId }, query }, signal }),
  );
}

/** When the next lick's turn is: the service draws one sheet at a time, the solo's first. */
let turn: Promise<unknown> = Promise.resolve();

/** Let the sheets of licks wait until the score is there. */
export function goBeforeLicks(loading: Promise<void>): void {
  turn = Promise.allSettled([turn, loading]).then(() => undefined);
}

/**
 * Get the bars of a lick.
 *
 * Its ids tell one lick and key from another, so that many of them stand in one document.
 */
export function fetchLickSheet(
  lickId: string,
  look: SheetLook,
  signal: AbortSignal,
): Promise<Sheet> {
  const key = look.semitones < 0 ? `d${-look.semitones}` : `u${look.semitones}`;
  const query = queryOf(look, `l${lickId.slice(0, 8)}-${key}-`);
  const asked = turn.then(() => {
    signal.throwIfAborted();
    return unwrap(
      api.GET('/licks/{lick_id}/sheet', { params: { path: { lick_id: lickId }, query }, signal }),
    );
  });
  turn = asked.then(
    () => undefined,
    () => undefined,
  );
  return asked;
}

/**
 * Make elements of an SVG document.
 *
 * @throws Error if it is none: nothing else of it ever gets into the page.
 */
export function readSvg(text: string): SVGSVGElement {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  // Taken over, not copied: of 200 bars that is two fifths of the time.
  const svg = document.adoptNode(root);
  if (!(svg instanceof SVGSVGElement))
    throw new Error('want a line of music as SVG, got something else');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  return svg;
}
