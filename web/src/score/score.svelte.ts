/** The score that is shown: a sheet as the service drew it, and where its notes stand. */
import { sentenceOf } from '../api/client';
import { type DrawnLine, readDrawing } from './drawing';
import { readSvg, type Sheet, type SheetLines, type SheetNote } from './sheet';
import { type Anchor, trackOf } from './track';

/** A line of music that can be put on the page. */
export interface Line {
  svg: SVGSVGElement;
  drawn: DrawnLine;
}

/** A sheet made into elements. */
export interface Score {
  sheet: Sheet;
  lines: Line[];
  track: Anchor[];
  /** All that is drawn of a note: its heads and frets. */
  groups: ReadonlyMap<string, SVGElement[]>;
  notes: ReadonlyMap<string, SheetNote>;
}

/** Make the elements of some lines, not yet on the page. */
function readLines(lines: SheetLines['lines']): Line[] {
  return lines.map(({ svg: text }) => {
    const svg = readSvg(text);
    return { svg, drawn: readDrawing(svg) };
  });
}

/** Join lines to a score: all of a sheet, or the first of them. */
function joinLines(sheet: Sheet, lines: Line[]): Score {
  const groups = new Map<string, SVGElement[]>();
  for (const { svg } of lines) {
    for (const group of svg.querySelectorAll<SVGElement>('[data-note]')) {
      const id = group.dataset.note ?? '';
      const there = groups.get(id);
      if (there === undefined) groups.set(id, [group]);
      else there.push(group);
    }
  }
  return {
    sheet,
    lines,
    track: trackOf(
      sheet.bars,
      sheet.notes,
      lines.map((one) => one.drawn),
    ),
    groups,
    notes: new Map(sheet.notes.map((one) => [one.id, one])),
  };
}

/** Lines that fill any window: they are shown before the others are there. */
const FIRST_LINES = 12;
/** Lines that are got and made at a time then, between two frames. */
const MORE_LINES = 24;

/** Where sheets come from; most are got whole. */
export interface SheetSource {
  /** Get a sheet with as many lines as are wanted, or more. */
  ask: (nLines: number, signal: AbortSignal) => Promise<Sheet>;
  /** Get lines that it came without. */
  askLines?: (start: number, nLines: number, signal: AbortSignal) => Promise<SheetLines>;
}

/** How one reads while another sheet takes the place of a sheet. */
export interface Reader {
  /** Change the picture, and keep what is read in its place. */
  swap: (change: () => void) => void;
  /** Give the number of the bar that has to be there with the first lines. */
  readBar: () => number | null;
}

const NOBODY: Reader = { swap: (change) => change(), readBar: () => null };

/** Loads sheets one after another; the old one stays until the new one is there. */
export class ScoreLoader {
  score = $state.raw<Score | null>(null);
  isLoading = $state(false);
  /** Why there is none, as a sentence; empty while all is well. */
  problem = $state('');
  #aborter = new AbortController();

  /** Get a sheet; what was asked for before is not waited for any longer. */
  async load(source: SheetSource, reader: Reader = NOBODY): Promise<void> {
    this.#aborter.abort();
    const aborter = new AbortController();
    this.#aborter = aborter;
    this.isLoading = true;
    try {
      await this.#load(source, reader, aborter.signal);
    } catch (error) {
      if (aborter.signal.aborted) return;
      this.problem = sentenceOf(error);
    }
    if (!aborter.signal.aborted) this.isLoading = false;
  }

  async #load(source: SheetSource, reader: Reader, signal: AbortSignal): Promise<void> {
    const read = lineOf(this.score?.sheet ?? null, reader.readBar());
    const sheet = await source.ask(read + FIRST_LINES, signal);
    const firstLines = lineOf(sheet, reader.readBar()) + FIRST_LINES;
    let lines: Line[] = [];
    for await (const some of inHandfuls(sheet, source, signal)) {
      if (signal.aborted) return;
      const isShown = lines.length >= firstLines;
      lines = [...lines, ...readLines(some)];
      if (isShown) this.score = joinLines(sheet, lines);
      else if (lines.length >= Math.min(firstLines, sheet.n_lines)) {
        reader.swap(() => (this.score = joinLines(sheet, lines)));
        this.problem = '';
      }
      await nextTurn();
    }
    // Somebody changed the solo meanwhile: the lines of what is there no longer are not to be had.
    if (lines.length < sheet.n_lines) await this.#load(source, reader, signal);
  }

  close(): void {
    this.#aborter.abort();
  }
}

/** Let the page show what is there. */
function nextTurn(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

/** On which line of a sheet a bar stands; the first where it is not there. */
function lineOf(sheet: Sheet | null, bar: number | null): number {
  return sheet?.bars.find((one) => one.number === bar)?.line ?? 0;
}

/** Give all lines of a sheet; those that it came without are on their way meanwhile. */
async function* inHandfuls(
  sheet: Sheet,
  source: SheetSource,
  signal: AbortSignal,
): AsyncGenerator<SheetLines['lines']> {
  let start = sheet.lines.length;
  const ask = () => {
    if (start >= sheet.n_lines || source.askLines === undefined) return null;
    const asked = source.askLines(start, MORE_LINES, signal);
    // It is awaited below; until then a failure is nobody's.
    asked.catch(() => undefined);
    return asked;
  };
  let coming = ask();
  for (let at = 0; at < sheet.lines.length; at += MORE_LINES) {
    yield sheet.lines.slice(at, at + MORE_LINES);
  }
  while (coming !== null) {
    const { version, lines } = await coming;
    if (version !== sheet.version) return;
    if (lines.length === 0) throw new Error('The rest of the score did not come. Load it again.');
    start += lines.length;
    coming = ask();
    yield lines;
  }
}
