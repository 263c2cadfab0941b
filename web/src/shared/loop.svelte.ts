/** Plays one clip in a loop without a gap, slower if wanted: the page's only sound. */
import { fetchFile } from '../api/client';

export class LoopPlayer {
  /** Address of what sounds, or is about to; null while it is silent. */
  url = $state<string | null>(null);
  isLoading = $state(false);
  #context: AudioContext | null = null;
  #source: AudioBufferSourceNode | null = null;
  #startSec = 0;
  #loopSec = 1;
  #share = 1;
  readonly #buffers = new Map<string, AudioBuffer>();

  /**
   * Play a clip over and over; what played before stops.
   *
   * @param share of the recording's tempo that it is made in: places are told at its full speed
   * @param lengthSec of it, without what a decoder leaves at its end
   * @throws ApiError if the clip cannot be had
   */
  async play(url: string, share: number, lengthSec: number): Promise<void> {
    this.stop();
    this.url = url;
    this.isLoading = true;
    // Made by a click: before one a browser lets nothing sound.
    const context = (this.#context ??= new AudioContext());
    try {
      await context.resume();
      const buffer = this.#buffers.get(url) ?? (await decode(context, url));
      this.#buffers.set(url, buffer);
      // Another one was asked for meanwhile, or silence.
      if (this.url !== url) return;
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.loop = true;
      source.loopEnd = Math.min(buffer.duration, lengthSec);
      source.connect(context.destination);
      source.start();
      this.#source = source;
      this.#startSec = context.currentTime;
      this.#loopSec = source.loopEnd;
      this.#share = share;
    } catch (error) {
      if (this.url === url) this.url = null;
      throw error;
    } finally {
      if (this.url === url || this.url === null) this.isLoading = false;
    }
  }

  stop(): void {
    this.#source?.stop();
    this.#source = null;
    this.url = null;
    this.isLoading = false;
  }

  /** Where it is, seconds of the clip at its full speed; null while it is silent. */
  placeSec(): number | null {
    if (this.#source === null || this.#context === null) return null;
    const { currentTime, outputLatency = 0 } = this.#context;
    const heardSec = Math.max(0, currentTime - outputLatency - this.#startSec);
    return (heardSec % this.#loopSec) * this.#share;
  }

  close(): void {
    this.stop();
    void this.#context?.close();
    this.#context = null;
  }
}

async function decode(context: AudioContext, url: string): Promise<AudioBuffer> {
  const response = await fetchFile(url);
  return context.decodeAudioData(await response.arrayBuffer());
}
