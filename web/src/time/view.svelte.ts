/** Which stretch of the recording the waveform and the piano roll show. */

const LEAST_SPAN_SEC = 1;

export class TimeView {
  /** Left edge. */
  fromSec = $state(0);
  /** How much is shown. */
  spanSec = $state(20);
  /** Width of the drawings, CSS pixels. */
  widthPx = $state(1000);
  /** Whether the view turns the page when the cursor leaves it. */
  follows = $state(true);
  /** The stretch somebody wanted to see last, wherever else it can be seen too. */
  asked = $state.raw<{ fromSec: number; toSec: number } | null>(null);

  constructor(private readonly durationSec: () => number) {}

  get toSec(): number {
    return this.fromSec + this.spanSec;
  }

  get pxPerSec(): number {
    return this.widthPx / this.spanSec;
  }

  /** Place of a moment, CSS pixels from the left edge. */
  xOf(sec: number): number {
    return (sec - this.fromSec) * this.pxPerSec;
  }

  /** Moment at a place. */
  secAt(x: number): number {
    return this.fromSec + x / this.pxPerSec;
  }

  /** Show a stretch from here on. */
  moveTo(fromSec: number): void {
    const most = Math.max(0, this.durationSec() - this.spanSec);
    this.fromSec = Math.min(Math.max(0, fromSec), most);
  }

  /** Show more (factor above 1) or less around a moment, which keeps its place. */
  zoom(factor: number, aroundSec: number = this.fromSec + this.spanSec / 2): void {
    const most = Math.max(LEAST_SPAN_SEC, this.durationSec());
    const span = Math.min(Math.max(LEAST_SPAN_SEC, this.spanSec * factor), most);
    const share = (aroundSec - this.fromSec) / this.spanSec;
    this.spanSec = span;
    this.moveTo(aroundSec - share * span);
  }

  /** Bring a stretch into view, with air around it, if it is not there. */
  show(fromSec: number, toSec: number = fromSec): void {
    this.asked = { fromSec, toSec };
    if (fromSec >= this.fromSec && toSec <= this.toSec) return;
    const length = toSec - fromSec;
    if (length > this.spanSec) this.zoom((length * 1.2) / this.spanSec);
    this.moveTo(fromSec - Math.max(0, this.spanSec - length) / 4);
  }

  /** Turn the page when the cursor has left the view: as a reader does, not as a film. */
  follow(sec: number): void {
    if (!this.follows) return;
    if (sec >= this.fromSec && sec <= this.fromSec + this.spanSec * 0.92) return;
    this.moveTo(sec - this.spanSec * 0.08);
  }
}
