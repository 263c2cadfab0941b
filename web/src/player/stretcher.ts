/** The good engine: signalsmith-stretch in an AudioWorklet, exact to the sample, in any key. */
import createStretch, { type StretchNode } from 'signalsmith-stretch';
import type { Engine } from './engine';
import type { Segment } from './timeline';

/** Below this speed attacks matter less than smooth tones. */
const SLOW = 0.85;
/** Long blocks sound clean when slow; short ones keep attacks sharp and start at once. */
const BLOCK_MS = { fast: 120, slow: 240 };
/** Time for a message to reach the audio thread, seconds. */
const POST_SEC = 0.03;
const FADE_SEC = 0.012;

export function blockMsAt(rate: number): number {
  return rate < SLOW ? BLOCK_MS.slow : BLOCK_MS.fast;
}

export class Stretcher implements Engine {
  readonly canTranspose = true;
  readonly loops = true;
  readonly ready: Promise<void>;
  readonly #context: AudioContext;
  readonly #gain: GainNode;
  #node: StretchNode | null = null;
  #blockMs = BLOCK_MS.fast;
  #isClosed = false;

  /**
   * @param channels samples at the context's rate, one array a channel, all of one length; they
   *   are given away to the audio thread
   */
  constructor(context: AudioContext, channels: Float32Array[], out: AudioNode) {
    this.#context = context;
    this.#gain = context.createGain();
    this.#gain.gain.value = 0;
    this.#gain.connect(out);
    this.ready = this.#build(channels);
  }

  leadSec(rate: number): number {
    // The stretcher works half a block ahead of what it puts out.
    return Math.max(this.#blockMs, blockMsAt(rate)) / 2000 + POST_SEC;
  }

  turn(segment: Segment, semitones: number, isFresh: boolean): void {
    const node = this.#node;
    if (node === null) return;
    this.#fitBlock(segment.rate, isFresh);
    const { atSec, fromSec, rate, loop } = segment;
    void node.schedule({
      output: atSec,
      active: true,
      input: fromSec,
      rate,
      semitones,
      loopStart: loop?.fromSec ?? 0,
      loopEnd: loop?.toSec ?? 0,
    });
    const { gain } = this.#gain;
    if (!isFresh) return;
    const now = this.#context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setTargetAtTime(0, now, FADE_SEC / 3);
    // What the stretcher still has in hand fades before the new place begins.
    gain.setTargetAtTime(1, Math.max(now, atSec - FADE_SEC / 2), FADE_SEC / 3);
  }

  hold(clockSec: number): void {
    const { gain } = this.#gain;
    gain.cancelScheduledValues(clockSec);
    gain.setTargetAtTime(0, clockSec, FADE_SEC / 3);
    void this.#node?.schedule({ output: clockSec, active: false });
  }

  actualSec(): null {
    return null;
  }

  close(): void {
    this.#isClosed = true;
    this.#gain.disconnect();
    this.#node?.disconnect();
    this.#node = null;
  }

  async #build(channels: Float32Array[]): Promise<void> {
    const node = await createStretch(this.#context, {
      // Nothing is connected to it, but without an input the library's processor dies when it rests.
      numberOfInputs: 1,
      numberOfOutputs: 1,
      outputChannelCount: [channels.length],
    });
    // All in one buffer: the library misreads where one ends and the next begins.
    await node.addBuffers(
      channels,
      channels.map((one) => one.buffer),
    );
    if (this.#isClosed) return;
    node.connect(this.#gain);
    this.#node = node;
  }

  /** Another block length makes a small hole, so while playing only when quality asks for it. */
  #fitBlock(rate: number, isFresh: boolean): void {
    const blockMs = blockMsAt(rate);
    if (blockMs === this.#blockMs || (!isFresh && blockMs < this.#blockMs)) return;
    this.#blockMs = blockMs;
    void this.#node?.configure({ blockMs });
  }
}
