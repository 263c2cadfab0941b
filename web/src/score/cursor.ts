/** The cursor over the score: where the recording is, moved without any list drawn anew. */
import { Mover } from '../ui/mover';
import type { Score } from './score.svelte';
import { markNotes } from './marks';
import { soundingAt } from './picking';
import type { Scroller } from './scroller';
import { cursorAt } from './track';

/** How long after somebody scrolled the page is left where they put it. */
const LEFT_ALONE_MS = 4000;

export class Cursor {
  #sec: number | null = null;
  #line = -1;
  #sounding = '';
  #scrolledAt = -Infinity;
  /** Of the line's drawing on the page, CSS pixels. */
  #widthPx = 0;
  readonly #mover: Mover;
  readonly #sizes: ResizeObserver;
  readonly #scrolled = () => (this.#scrolledAt = performance.now());

  constructor(
    private readonly score: Score,
    private readonly sheet: HTMLElement,
    private readonly bar: HTMLElement,
    /** None where the page stays where it is. */
    private readonly scroller: Scroller | null = null,
    private readonly follows: () => boolean = () => false,
  ) {
    this.#mover = new Mover(bar);
    // Lines that come into view get their height then: those below move, and the cursor with them.
    this.#sizes = new ResizeObserver(() => {
      this.#measure();
      if (this.#sec !== null) this.draw(this.#sec);
    });
    this.#sizes.observe(sheet);
    for (const kind of ['wheel', 'touchmove'] as const) {
      window.addEventListener(kind, this.#scrolled, { passive: true });
    }
  }

  /** Show a moment. */
  draw(sec: number): void {
    this.#sec = sec;
    const place = cursorAt(this.score.track, sec);
    const isAway = place === null;
    if (this.bar.hidden !== isAway) this.bar.hidden = isAway;
    if (place !== null) {
      if (place.line !== this.#line) this.#enter(place.line);
      this.#mover.to((place.x / (this.score.lines[place.line]?.drawn.width ?? 1)) * this.#widthPx);
    }
    const sounding = soundingAt(this.score.sheet.notes, sec);
    const name = sounding.join(' ');
    if (name === this.#sounding) return;
    this.#sounding = name;
    markNotes(this.score, 'data-now', sounding);
  }

  close(): void {
    this.#mover.stop();
    this.#sizes.disconnect();
    for (const kind of ['wheel', 'touchmove'] as const) {
      window.removeEventListener(kind, this.#scrolled);
    }
  }

  #enter(line: number): void {
    const wasSeen = this.scroller?.isSeen(this.#line) === true;
    this.#line = line;
    this.#measure();
    if (!wasSeen || !this.follows()) return;
    if (performance.now() - this.#scrolledAt < LEFT_ALONE_MS) return;
    this.scroller?.bring([line, line], 'smooth');
  }

  #measure(): void {
    const element = this.#elementOf(this.#line);
    if (element === null) return;
    this.#widthPx = element.offsetWidth;
    // The line around it is what has a place on the sheet.
    this.bar.style.top = `${element.parentElement?.offsetTop ?? 0}px`;
    this.bar.style.height = `${element.offsetHeight}px`;
  }

  #elementOf(line: number): HTMLElement | null {
    return this.sheet.querySelector<HTMLElement>(`[data-line="${line}"] > .drawing`);
  }
}
