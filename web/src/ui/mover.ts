/**
 * Moves an element sideways every frame.
 *
 * Chromium lays all layers of the page out anew when a style's transform changes, which takes the
 * longer the more notes the score has; an animation that is held at a moment it only moves.
 */

/** Further no element is moved, CSS pixels. */
const REACH_PX = 20_000;

export class Mover {
  readonly #animation: Animation;
  #x = 0;

  constructor(element: HTMLElement) {
    this.#animation = element.animate(
      [`translateX(${-REACH_PX}px)`, `translateX(${REACH_PX}px)`].map((transform) => ({
        transform,
      })),
      // A pixel a millisecond: the moment is the place.
      { duration: 2 * REACH_PX, fill: 'both' },
    );
    this.#animation.pause();
    this.#animation.currentTime = REACH_PX;
  }

  /** Put the left edge here, from where it is without a transform. */
  to(x: number): void {
    if (x === this.#x) return;
    this.#x = x;
    this.#animation.currentTime = REACH_PX + x;
  }

  stop(): void {
    this.#animation.cancel();
  }
}
