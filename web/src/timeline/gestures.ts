/**
 * What fingers and mice mean: a tap, a drag, a pan, a pinch.
 *
 * A mouse drags at once. One finger moves the view, unless it is on something to take hold of, or
 * has rested for a moment; two fingers zoom.
 */

export interface Point {
  x: number;
  y: number;
  isTouch: boolean;
  /** Several are wanted. */
  adds: boolean;
  /** Nothing snaps. */
  isFree: boolean;
  /** What is named by the element under it, such as an edge of the selection; empty for none. */
  grip: string;
}

/** Something that is being dragged. */
export interface Drag {
  move(to: Point): void;
  end(): void;
  cancel(): void;
}

export interface Meanings {
  /** Take hold of what is at a point; null where there is nothing. */
  grab(from: Point): Drag | null;
  /** Whether one finger drags here, instead of moving the view. */
  holds(at: Point): boolean;
  tap(at: Point): void;
  doubleTap(at: Point): void;
  pan(byPx: number): void;
  /** Show more (factor above 1) or less around a place. */
  zoom(factor: number, aroundX: number): void;
  /** Something is dragged from now on, whatever is under the pointer. */
  began(pointerId: number): void;
}

const MOUSE_SLOP_PX = 4;
const FINGER_SLOP_PX = 9;
const REST_MS = 420;
const DOUBLE_MS = 350;
const DOUBLE_PX = 24;
const LEAST_PINCH_PX = 24;

type State =
  | { is: 'idle' }
  | { is: 'pressed'; from: Point; rest: ReturnType<typeof setTimeout> | null }
  | { is: 'dragging'; drag: Drag }
  | { is: 'panning'; lastX: number }
  | { is: 'pinching'; lastPx: number; lastX: number }
  // The gesture is over, but fingers are still down.
  | { is: 'spent' };

export class Gestures {
  #state: State = { is: 'idle' };
  readonly #points = new Map<number, Point>();
  #lastTap: { point: Point; atMs: number } | null = null;

  constructor(private readonly meanings: Meanings) {}

  down(pointerId: number, at: Point): void {
    this.#points.set(pointerId, at);
    if (this.#points.size === 2 && at.isTouch) {
      this.#drop();
      this.#state = { is: 'pinching', ...this.#spread() };
      return;
    }
    if (this.#points.size > 1) return;
    const rests = at.isTouch && !this.meanings.holds(at);
    const rest = rests ? setTimeout(() => this.#begin(pointerId, at), REST_MS) : null;
    this.#state = { is: 'pressed', from: at, rest };
  }

  move(pointerId: number, to: Point): void {
    if (!this.#points.has(pointerId)) return;
    this.#points.set(pointerId, to);
    const state = this.#state;
    if (state.is === 'pressed') this.#leave(pointerId, state.from, to);
    else if (state.is === 'dragging') state.drag.move(to);
    else if (state.is === 'panning') {
      this.meanings.pan(state.lastX - to.x);
      state.lastX = to.x;
    } else if (state.is === 'pinching') this.#pinch(state);
  }

  up(pointerId: number, at: Point, nowMs: number): void {
    if (!this.#points.delete(pointerId)) return;
    const state = this.#state;
    if (state.is === 'pressed') {
      this.#calm(state);
      this.#tap(at, nowMs);
    } else if (state.is === 'dragging') state.drag.end();
    this.#state = { is: this.#points.size === 0 ? 'idle' : 'spent' };
  }

  /** The browser scrolls instead, or the window lost the pointer. */
  cancel(pointerId: number): void {
    if (!this.#points.delete(pointerId)) return;
    this.#drop();
    this.#state = { is: this.#points.size === 0 ? 'idle' : 'spent' };
  }

  /** Whether the page should not scroll under the finger. */
  get isDragging(): boolean {
    return this.#state.is === 'dragging';
  }

  /** Leave all that was begun as it was. */
  #drop(): void {
    const state = this.#state;
    if (state.is === 'pressed') this.#calm(state);
    if (state.is === 'dragging') state.drag.cancel();
  }

  #calm(state: { rest: ReturnType<typeof setTimeout> | null }): void {
    if (state.rest !== null) clearTimeout(state.rest);
  }

  /** A pointer that was pressed has moved: far enough, that is a drag or a pan. */
  #leave(pointerId: number, from: Point, to: Point): void {
    const slop = from.isTouch ? FINGER_SLOP_PX : MOUSE_SLOP_PX;
    if (Math.hypot(to.x - from.x, to.y - from.y) < slop) return;
    if (this.#state.is === 'pressed') this.#calm(this.#state);
    if (from.isTouch && !this.meanings.holds(from)) {
      this.#state = { is: 'panning', lastX: to.x };
      this.meanings.began(pointerId);
      this.meanings.pan(from.x - to.x);
      return;
    }
    this.#begin(pointerId, from);
    if (this.#state.is === 'dragging') this.#state.drag.move(to);
  }

  #begin(pointerId: number, from: Point): void {
    const drag = this.meanings.grab(from);
    this.#state = drag === null ? { is: 'spent' } : { is: 'dragging', drag };
    if (drag !== null) this.meanings.began(pointerId);
  }

  #tap(at: Point, nowMs: number): void {
    const last = this.#lastTap;
    const isSecond =
      last !== null &&
      nowMs - last.atMs < DOUBLE_MS &&
      Math.hypot(at.x - last.point.x, at.y - last.point.y) < DOUBLE_PX;
    this.#lastTap = isSecond ? null : { point: at, atMs: nowMs };
    if (isSecond) this.meanings.doubleTap(at);
    else this.meanings.tap(at);
  }

  #pinch(state: { lastPx: number; lastX: number }): void {
    const { lastPx, lastX } = this.#spread();
    this.meanings.zoom(state.lastPx / lastPx, lastX);
    this.meanings.pan(state.lastX - lastX);
    Object.assign(state, { lastPx, lastX });
  }

  /** Distance of two fingers, and the middle between them. */
  #spread(): { lastPx: number; lastX: number } {
    const [one, other] = [...this.#points.values()];
    if (one === undefined || other === undefined) return { lastPx: LEAST_PINCH_PX, lastX: 0 };
    const distance = Math.hypot(one.x - other.x, one.y - other.y);
    return { lastPx: Math.max(LEAST_PINCH_PX, distance), lastX: (one.x + other.x) / 2 };
  }
}
