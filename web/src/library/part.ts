/** The part of a recording that somebody wants heard. */

export interface Part {
  /** Null: from the beginning. */
  startSec: number | null;
  /** Null: to the end. */
  endSec: number | null;
}

/**
 * Read a moment of a recording: `83`, `1:23`, `1:23.5`, `1:02:03`.
 *
 * @returns seconds; null for nothing; undefined for what is no moment
 */
export function readMoment(text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  if (!/^(\d+:){0,2}\d+(\.\d*)?$/.test(typed)) return undefined;
  const parts = typed.split(':').map(Number);
  if (parts.slice(1).some((one) => one >= 60)) return undefined;
  return parts.reduce((sum, one) => 60 * sum + one, 0);
}

/** Read a part as it was typed; gives a sentence for what is none. */
export function readPart(from: string, to: string): Part | string {
  const [startSec, endSec] = [readMoment(from), readMoment(to)];
  if (startSec === undefined || endSec === undefined) return 'Write moments as 1:23 or 83.';
  if (endSec !== null && endSec <= (startSec ?? 0)) return 'Let the part end after it starts.';
  return { startSec, endSec };
}
