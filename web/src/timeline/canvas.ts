/** Canvases that are sharp on every screen and drawn once a frame at most. */

/** Finer than this no eye sees, and drawing takes longer. */
const MOST_PIXEL_RATIO = 2;

/**
 * Size a canvas and clear it.
 *
 * @returns draws in CSS pixels; null where there is nothing to draw on
 */
export function prepare(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const ratio = pixelRatio();
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (width === 0 || height === 0) return null;
  // Setting a size allocates anew, even the same one.
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, widthPx, heightPx);
  return context;
}

export function pixelRatio(): number {
  return Math.min(window.devicePixelRatio || 1, MOST_PIXEL_RATIO);
}

/** Draws before the next frame, however often it is asked. */
export class Painter {
  #frame = 0;

  constructor(private readonly paint: () => void) {}

  ask(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.paint();
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
