/** The lines of a long sheet, a handful at a time: the first can be shown before the last are drawn. */
import type { Sheet, SheetLines } from './sheet';

/** Lines that are got and made at a time, between two frames. */
export const HANDFUL = 24;
/** Handfuls that are on their way at a time. */
const AHEAD = 2;

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
 * Give all lines of a sheet; those that it came without are on their way while others are made, so
 * that neither the service nor the page waits for the other.
 *
 * @throws OutdatedError if a line is of another version of the solo
 */
export async function* inHandfuls(
  sheet: Pick<Sheet, 'lines' | 'n_lines' | 'version'>,
  source: Pick<SheetSource, 'askLines'>,
  signal: AbortSignal,
): AsyncGenerator<SheetLines['lines']> {
  const coming: Promise<SheetLines>[] = [];
  let asked = sheet.lines.length;
  const ask = () => {
    while (coming.length < AHEAD && asked < sheet.n_lines && source.askLines !== undefined) {
      const some = source.askLines(asked, HANDFUL, signal);
      // It is awaited below; until then a failure is nobody's.
      some.catch(() => undefined);
      coming.push(some);
      asked += HANDFUL;
    }
  };
  ask();
  for (let at = 0; at < sheet.lines.length; at += HANDFUL) {
    yield sheet.lines.slice(at, at + HANDFUL);
  }
  let here = sheet.lines.length;
  for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
    const { version, lines } = await next;
    ask();
    if (version !== sheet.version) throw new OutdatedError();
    if (lines.length !== Math.min(HANDFUL, sheet.n_lines - here)) {
      throw new Error('The rest of the score did not come. Load it again.');
    }
    here += lines.length;
    yield lines;
  }
}
