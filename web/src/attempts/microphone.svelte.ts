/** Records what somebody plays, after a count. */
import { Voices } from '../player/voices';
import captureUrl from './capture.worklet.ts?worker&url';
import { countOf, earlySec, keptFrom, levelOf } from './counting';
import { refusalText, whyNone } from './refusals';
import { encodeWav } from './wav';

/** What was heard, and where: frames of the audio clock. */
export interface Block {
  frame: number;
  samples: Float32Array<ArrayBuffer>;
}

/** Nobody plays a lick for longer; then it stops by itself. */
export const LONGEST_SEC = 120;
/** A take that is never louder than this, of 1, is silence. */
const SILENCE = 0.003;
const LEAD_SEC = 0.15;
const TICK_MS = 50;
/** A meter falls slowly, so that it can be read. */
const FALL = 0.85;

type State = 'off' | 'asking' | 'counting' | 'recording';

export class Microphone {
  state = $state<State>('off');
  /** Beat that is counted, from 1; 0 for none. */
  beat = $state(0);
  /** 0 to 1. */
  level = $state(0);
  seconds = $state(0);
  /** Why it does not record, as a sentence. */
  problem = $state('');
  /** Told when it has stopped by itself. */
  onfull: () => void = () => undefined;
  #context: AudioContext | null = null;
  #stream: MediaStream | null = null;
  #blocks: Block[] = [];
  #loudest = 0;
  /** Audio clock: when the count begins, and when what is heard is kept. */
  #countSec = 0;
  #keepSec = 0;
  #timer = 0;
  #beatSec = 0;
  #nBeats = 0;

  /**
   * Ask for the microphone, count, and record.
   *
   * @param count null: at once
   */
  async start(count: { tempoBpm: number; beatsInBar: number } | null): Promise<void> {
    if (this.state !== 'off') return;
    this.problem = whyNone(window.isSecureContext, navigator.mediaDevices);
    if (this.problem !== '') return;
    this.state = 'asking';
    try {
      await this.#open();
    } catch (error) {
      this.#close();
      this.problem = refusalText(error);
      return;
    }
    // Somebody may have thought better of it while the browser asked.
    if (this.state !== 'asking' || this.#context === null) {
      this.#close();
      return;
    }
    this.#begin(this.#context, count);
  }

  /** Stop; gives the recording, or null where nothing was heard. */
  stop(): Blob | null {
    const { sampleRate = 0 } = this.#context ?? {};
    const kept = keptFrom(this.#blocks, Math.round(this.#keepSec * sampleRate));
    const isSilent = this.#loudest < SILENCE;
    this.#close();
    if (kept.length === 0) return null;
    if (isSilent) {
      this.problem = 'Nothing was heard. Is the right microphone on, and near enough?';
      return null;
    }
    return new Blob([encodeWav(kept, sampleRate)], { type: 'audio/wav' });
  }

  /** Stop, and forget what was heard. */
  cancel(): void {
    this.#close();
  }

  async #open(): Promise<void> {
    // What makes speech clear makes music dull.
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...plain, channelCount: 1 },
    });
    this.#stream = stream;
    const context = new AudioContext({ latencyHint: 'interactive' });
    this.#context = context;
    await context.audioWorklet.addModule(captureUrl);
    const capture = new AudioWorkletNode(context, 'licklab-capture', { numberOfOutputs: 0 });
    capture.port.onmessage = (event: MessageEvent<Block>) => this.#hear(event.data);
    context.createMediaStreamSource(stream).connect(capture);
    await context.resume();
  }

  #begin(context: AudioContext, count: { tempoBpm: number; beatsInBar: number } | null): void {
    this.#blocks = [];
    this.#loudest = 0;
    this.seconds = 0;
    this.#countSec = context.currentTime + LEAD_SEC;
    this.#keepSec = context.currentTime;
    this.#nBeats = 0;
    if (count !== null) {
      const { clickSecs, lengthSec } = countOf(count.tempoBpm, count.beatsInBar);
      const clicks = new Voices(context, context.destination);
      clickSecs.forEach((sec, at) => clicks.click(this.#countSec + sec, at === 0));
      this.#keepSec = this.#countSec + lengthSec - earlySec(count.tempoBpm);
      this.#beatSec = 60 / count.tempoBpm;
      this.#nBeats = count.beatsInBar;
    }
    this.state = count === null ? 'recording' : 'counting';
    this.#timer = window.setInterval(() => this.#tick(context), TICK_MS);
  }

  #tick(context: AudioContext): void {
    const now = context.currentTime;
    this.seconds = Math.max(0, now - this.#keepSec);
    const beat = Math.floor((now - this.#countSec) / (this.#beatSec || 1)) + 1;
    this.beat = beat >= 1 && beat <= this.#nBeats ? beat : 0;
    if (now >= this.#keepSec) this.state = 'recording';
    if (this.seconds >= LONGEST_SEC) this.onfull();
  }

  #hear(block: Block): void {
    if (this.state !== 'counting' && this.state !== 'recording') return;
    this.#blocks.push(block);
    const peak = block.samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    this.level = Math.max(levelOf(peak), this.level * FALL);
    if (this.state === 'recording') this.#loudest = Math.max(this.#loudest, peak);
  }

  #close(): void {
    window.clearInterval(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#context?.close();
    this.#stream = null;
    this.#context = null;
    this.#blocks = [];
    this.state = 'off';
    this.level = 0;
    this.beat = 0;
  }
}
