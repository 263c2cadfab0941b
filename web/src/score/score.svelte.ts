/** The score that is shown: a sheet as the service drew it, and where its notes stand. */
import { sentenceOf } from '../api/client';
import { type DrawnLine, readDrawing } from './drawing';
import { readSvg, type Sheet, type SheetNote } from './sheet';
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
function readLines(sheet: Sheet, from: number, to: number): Line[] {
  return sheet.lines.slice(from, to).map(({ svg: text }) => {
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

/** Lines that fill any window: they are shown before the others are made. */
const FIRST_LINES = 12;
/** Lines that are made at a time then, between two frames. */
const MORE_LINES = 8;

/** Loads sheets one after another; the old one stays until the new one is there. */
export class ScoreLoader {
  score = $state.raw<Score | null>(null);
  isLoading = $state(false);
  /** Why there is none, as a sentence; empty while all is well. */
  problem = $state('');
  #aborter = new AbortController();

  /**
   * Get a sheet; what was asked for before is not waited for any longer.
   *
   * @param swap is called to change the picture, for whoever has something to keep in its place
   * @param readBar gives the bar that has to be there with the first lines
   */
  async load(
    ask: (signal: AbortSignal) => Promise<Sheet>,
    swap: (change: () => void) => void = (change) => change(),
    readBar: () => number | null = () => null,
  ): Promise<void> {
    this.#aborter.abort();
    const aborter = new AbortController();
    this.#aborter = aborter;
    this.isLoading = true;
    try {
      const sheet = await ask(aborter.signal);
      if (aborter.signal.aborted) return;
      const number = readBar();
      const readLine = sheet.bars.find((one) => one.number === number)?.line ?? 0;
      let lines = readLines(sheet, 0, readLine + FIRST_LINES);
      swap(() => (this.score = joinLines(sheet, lines)));
      this.problem = '';
      while (lines.length < sheet.lines.length) {
        await nextTurn();
        if (aborter.signal.aborted) return;
        lines = [...lines, ...readLines(sheet, lines.length, lines.length + MORE_LINES)];
        this.score = joinLines(sheet, lines);
      }
    } catch (error) {
      if (aborter.signal.aborted) return;
      this.problem = sentenceOf(error);
    }
    this.isLoading = false;
  }

  close(): void {
    this.#aborter.abort();
  }
}

/** Let the page show what is there. */
function nextTurn(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
