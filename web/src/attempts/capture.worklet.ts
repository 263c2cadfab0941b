/** Runs on the audio thread: hands on what the microphone hears, in blocks, with their places. */
import type { Block } from './microphone.svelte';

// What the audio thread has is not in the library of types of pages.
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, made: new () => AudioWorkletProcessor): void;

/** Messages twenty times a second are enough for a meter. */
const BLOCK = 2048;

class Capture extends AudioWorkletProcessor {
  #samples = new Float32Array(BLOCK);
  #length = 0;
  #frame = 0;

  process([input]: Float32Array[][]): boolean {
    const heard = input?.[0];
    // Before the microphone is connected, and after it is gone, there is nothing.
    if (heard === undefined) return true;
    if (this.#length === 0) this.#frame = currentFrame;
    this.#samples.set(heard, this.#length);
    this.#length += heard.length;
    if (this.#length + heard.length > BLOCK) this.#send();
    return true;
  }

  #send(): void {
    const samples = this.#samples.slice(0, this.#length);
    const block: Block = { frame: this.#frame, samples };
    this.port.postMessage(block, [samples.buffer]);
    this.#length = 0;
  }
}

registerProcessor('licklab-capture', Capture);
