/** The lines of a long sheet, a handful at a time: the first can be shown before the last are drawn. */
import type { Sheet, SheetLines } from './sheet';

/** Lines that are got and made at a time, between two frames. */
export const HANDFUL = 24;

/** Where sheets come from; most are got whole. */
export interface SheetSource {
  /** Get a sheet with as many lines as are wanted, or more. */
  ask: (nLines: number, signal: AbortSignal) => Promise<Sheet>;
  /** Get lines that it came without. */
  askLines?: (start: number, nLines: number, signal: AbortSignal) => Promise<SheetLines>;
}

/** Somebody changed the solo meanwhile: lines of the sheet that was begun are not to be had. */
export class OutdatedError extends Error {
  constructor() {
    super('This solo changes faster than its score can be drawn. Load it again.');
  }
}

/**
 * Give all lines of a sheet; those that it came without are on their way while others are made.
 *
 * @throws OutdatedError if a line is of another version of the solo
 */
export async function* inHandfuls(
  sheet: Pick<Sheet, 'lines' | 'n_lines' | 'version'>,
  source: Pick<SheetSource, 'askLines'>,
  signal: AbortSignal,
): AsyncGenerator<SheetLines['lines']> {
  let start = sheet.lines.length;
  const ask = () => {
    if (start >= sheet.n_lines || source.askLines === undefined) return null;
    const asked = source.askLines(start, HANDFUL, signal);
    // It is awaited below; until then a failure is nobody's.
    asked.catch(() => undefined);
    return asked;
  };
  let coming = ask();
  for (let at = 0; at < sheet.lines.length; at += HANDFUL) {
    yield sheet.lines.slice(at, at + HANDFUL);
  }
  while (coming !== null) {
    const { version, lines } = await coming;
    if (version !== sheet.version) throw new OutdatedError();
    if (lines.length === 0) throw new Error('The rest of the score did not come. Load it again.');
    start += lines.length;
    coming = ask();
    yield lines;
  }
}
