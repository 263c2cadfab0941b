/** The score that is shown: a sheet as the service drew it, and where its notes stand. */
import { sentenceOf } from '../api/client';
import { type DrawnLine, readDrawing } from './drawing';
import { inHandfuls, OutdatedError, type SheetSource } from './handfuls';
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
/** So often a sheet is asked for while somebody else goes on changing it. */
const MOST_TRIES = 3;
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
    for (let tries = 1; ; tries += 1) {
      try {
        const sheet = await source.ask(read + FIRST_LINES, signal);
        await this.#show(sheet, source, reader, signal);
        return;
      } catch (error) {
        if (!(error instanceof OutdatedError) || tries === MOST_TRIES) throw error;
      }
    }
  }

  async #show(
    sheet: Sheet,
    source: SheetSource,
    reader: Reader,
    signal: AbortSignal,
  ): Promise<void> {
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
