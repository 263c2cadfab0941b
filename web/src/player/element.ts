/** The fallback engine: the browser's media element, which keeps pitch but changes no key. */
import type { Engine } from './engine';
import type { Segment } from './timeline';

/** Nearer to the plan than this it is left alone: each jump of an element is heard. */
const APART_SEC = 0.06;
const LEAD_SEC = 0.02;

export class ElementEngine implements Engine {
  readonly canTranspose = false;
  readonly loops = false;
  readonly ready: Promise<void>;
  readonly #context: AudioContext;
  readonly #audio: HTMLAudioElement;
  readonly #node: MediaElementAudioSourceNode;
  #timer = 0;

  constructor(context: AudioContext, url: string, out: AudioNode) {
    this.#context = context;
    this.#audio = new Audio();
    this.#audio.preservesPitch = true;
    this.#audio.preload = 'auto';
    this.ready = new Promise((resolve, reject) => {
      this.#audio.onloadedmetadata = () => resolve();
      this.#audio.onerror = () => reject(new Error('This browser cannot play the recording.'));
    });
    this.#audio.src = url;
    this.#node = context.createMediaElementSource(this.#audio);
    this.#node.connect(out);
  }

  leadSec(): number {
    return LEAD_SEC;
  }

  turn(segment: Segment, _semitones: number, isFresh: boolean): void {
    window.clearTimeout(this.#timer);
    if (isFresh) this.#audio.pause();
    const waitSec = segment.atSec - this.#context.currentTime;
    const begin = () => {
      this.#audio.playbackRate = segment.rate;
      const apart = Math.abs(this.#audio.currentTime - segment.fromSec);
      if (isFresh || apart > APART_SEC) this.#audio.currentTime = segment.fromSec;
      void this.#audio.play().catch(() => undefined);
    };
    if (waitSec <= 0) begin();
    else this.#timer = window.setTimeout(begin, waitSec * 1000);
  }

  hold(): void {
    window.clearTimeout(this.#timer);
    this.#audio.pause();
  }

  actualSec(): number | null {
    return this.#audio.paused || this.#audio.seeking ? null : this.#audio.currentTime;
  }

  close(): void {
    this.hold();
    this.#node.disconnect();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }
}
