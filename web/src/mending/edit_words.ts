/** Edits that were made, in words. */
import type { Analysis } from '../api/types';
import { durationWords, keyWords } from '../library/words';

export type Edit = NonNullable<Analysis['edits']>[number];
export type Fit = NonNullable<Edit['fit']>;

/** The edit that an undo would take back. */
export function undoable(edits: readonly Edit[] | undefined): Edit | null {
  return edits?.findLast((one) => one.undone !== true) ?? null;
}

/** The edit that a redo would make again: those that were undone come last, in order. */
export function redoable(edits: readonly Edit[] | undefined): Edit | null {
  return edits?.find((one) => one.undone === true) ?? null;
}

/** Say what an edit did. */
export function editWords(edit: Edit): string {
  const body: Record<string, unknown> = edit.edit ?? {};
  switch (body.op) {
    case 'tempo':
      return `Tempo ${Math.round(Number(body.tempo_bpm))}`;
    case 'double':
      return 'Twice as many beats';
    case 'halve':
      return 'Half as many beats';
    case 'shift':
      return shiftWords(Number(body.beats));
    case 'downbeat':
      return `A bar begins at ${durationWords(Number(body.time_sec))}`;
    case 'time_signature':
      return `${String(body.time_signature)} time`;
    case 'taps':
      return counted(lengthOf(body.taps_sec), 'tap', 'Beats tapped');
    case 'pins':
      return `${counted(lengthOf(body.pins), 'beat', 'Beats')} put in place`;
    case 'chart':
      return chartWords(String(body.text ?? ''), edit.fit ?? null);
    case 'chords':
      return writtenWords(body.chords);
    case 'key':
      return `Key ${keyWords(String(body.key))}`;
    case 'notes':
      return noteWords(body.operations);
    default:
      return 'An edit';
  }
}

function shiftWords(beats: number): string {
  const size = Math.abs(beats);
  const amount = size === 0.5 ? 'half a beat' : size === 1 ? '1 beat' : `${size} beats`;
  return `Bars begin ${amount} ${beats > 0 ? 'later' : 'earlier'}`;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** Count things; of an edit whose list was left out because it is long, say what it is. */
function counted(count: number, one: string, many: string): string {
  if (count === 0) return many;
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

function chartWords(text: string, fit: Fit | null): string {
  const title = /^\s*title\s*[:=]\s*(.+?)\s*$/im.exec(text)?.[1];
  const name = title === undefined ? 'Chart' : `Chart “${title.slice(0, 40)}”`;
  return fit === null ? name : `${name}: ${fitWords(fit)}`;
}

/** Say how a chart lies over the recording. */
export function fitWords(fit: Fit): string {
  const share = `fits ${Math.round(100 * Number(fit.fit))} %`;
  const choruses = Number(fit.n_choruses);
  // The service counts upwards only; a semitone down is nearer than eleven up.
  const up = Number(fit.transposition_semitones);
  const semitones = up > 6 ? up - 12 : up;
  const parts = [share, choruses === 1 ? '1 chorus' : `${choruses} choruses`];
  if (semitones !== 0) {
    const size = Math.abs(semitones);
    parts.push(`${size} semitone${size === 1 ? '' : 's'} ${semitones > 0 ? 'up' : 'down'}`);
  }
  return parts.join(', ');
}

function writtenWords(chords: unknown): string {
  if (!Array.isArray(chords)) return 'Chords';
  const symbols = chords.map((one: { symbol?: unknown }) => String(one.symbol ?? ''));
  const different = [...new Set(symbols)];
  const shown = different.slice(0, 4).join(' ');
  return `Chords ${different.length > 4 ? `${shown} …` : shown}`;
}

const DONE: Record<string, string> = { add: 'added', remove: 'deleted' };

function noteWords(operations: unknown): string {
  if (!Array.isArray(operations)) return 'Notes changed';
  const counts = new Map<string, number>();
  for (const one of operations as { op?: unknown; ids?: unknown }[]) {
    const done = DONE[String(one.op)] ?? 'changed';
    counts.set(done, (counts.get(done) ?? 0) + Math.max(1, lengthOf(one.ids)));
  }
  const [first, ...others] = [...counts];
  if (first === undefined) return 'Notes changed';
  const said = `${first[1]} ${first[1] === 1 ? 'note' : 'notes'} ${first[0]}`;
  return [said, ...others.map(([done, count]) => `${count} ${done}`)].join(', ');
}
