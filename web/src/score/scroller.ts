/** Scrolls the score: in a column of its own where there is room for one, else with the page. */
import { coveredPx } from './covered';

/** Air above a line that is brought into view, CSS pixels. */
const AIR_PX = 12;

/** The lines from one to another, both included. */
export type LineSpan = readonly [first: number, last: number];

export class Scroller {
  readonly #column: HTMLElement | null;

  /**
   * @param place holds the lines; an ancestor marked `data-score-column` may scroll by itself
   * @param scrolled is called when the column was scrolled, by whomever, until it is closed
   */
  constructor(
    private readonly place: HTMLElement,
    private readonly scrolled: (() => void) | null = null,
  ) {
    this.#column = place.closest<HTMLElement>('[data-score-column]');
    if (scrolled !== null) this.#column?.addEventListener('scroll', scrolled, { passive: true });
  }

  /** Whether the score scrolls by itself: then it may be moved while one looks at something else. */
  get hasColumn(): boolean {
    return this.#column !== null && getComputedStyle(this.#column).overflowY !== 'visible';
  }

  /** Top of what is seen, CSS pixels from that of the window. */
  get topPx(): number {
    const top = this.hasColumn ? (this.#column?.getBoundingClientRect().top ?? 0) : 0;
    return Math.max(top, coveredPx());
  }

  /** Its end. */
  get bottomPx(): number {
    if (!this.hasColumn) return window.innerHeight;
    const bottom = this.#column?.getBoundingClientRect().bottom ?? 0;
    return Math.min(bottom, window.innerHeight);
  }

  lineAt(line: number): HTMLElement | null {
    return this.place.querySelector<HTMLElement>(`[data-line="${line}"]`);
  }

  isSeen(line: number): boolean {
    const rect = this.lineAt(line)?.getBoundingClientRect();
    return rect !== undefined && rect.bottom > this.topPx && rect.top < this.bottomPx;
  }

  /** The lines of which at least a part is seen; null where there is none. */
  seen(): LineSpan | null {
    const [top, bottom] = [this.topPx, this.bottomPx];
    const all = [...this.place.querySelectorAll<HTMLElement>('[data-line]')]
      .filter((one) => {
        const rect = one.getBoundingClientRect();
        return rect.bottom > top && rect.top < bottom;
      })
      .map((one) => Number(one.dataset.line));
    const [first, last] = [all[0], all.at(-1)];
    return first === undefined || last === undefined ? null : [first, last];
  }

  /** Bring lines into view if they are not wholly there; the first counts where all are too many. */
  bring([first, last]: LineSpan, behavior: ScrollBehavior = 'instant'): void {
    const top = this.lineAt(first)?.getBoundingClientRect().top;
    const bottom = this.lineAt(last)?.getBoundingClientRect().bottom;
    if (top === undefined || bottom === undefined) return;
    if (top >= this.topPx && bottom <= this.bottomPx) return;
    this.by(top - this.topPx - AIR_PX, behavior);
  }

  /** Scroll by CSS pixels. */
  by(px: number, behavior: ScrollBehavior = 'instant'): void {
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const scrolled = this.hasColumn ? this.#column : window;
    scrolled?.scrollBy({ top: px, behavior: isCalm ? 'instant' : behavior });
  }

  close(): void {
    if (this.scrolled !== null) this.#column?.removeEventListener('scroll', this.scrolled);
  }
}
