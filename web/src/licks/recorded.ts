/** A stretch of another recording, played by itself. */
import { playbackUrlOf } from '../player/decode';

export class RecordedStretch {
  #audio: HTMLAudioElement | null = null;
  #end: () => void = () => undefined;

  /**
   * Play a stretch once; what is playing ends.
   *
   * @param audioUrl address of the recording; what plays is the service's decoding, which every
   *   browser can play and which has the service's times
   * @returns when it is over, or was stopped
   * @throws Error if the browser cannot play the recording
   */
  async play(audioUrl: string, fromSec: number, toSec: number): Promise<void> {
    this.stop();
    const audio = new Audio(playbackUrlOf(audioUrl));
    this.#audio = audio;
    audio.currentTime = fromSec;
    const over = new Promise<void>((resolve, reject) => {
      this.#end = resolve;
      audio.addEventListener('timeupdate', () => {
        if (audio.currentTime >= toSec) audio.pause();
      });
      audio.addEventListener('pause', () => resolve());
      audio.addEventListener('ended', () => resolve());
      audio.addEventListener('error', () =>
        reject(new Error('This browser cannot play that recording.')),
      );
    });
    const begun = audio.play().catch((error: unknown) => {
      // It was stopped before it began.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      throw error;
    });
    await Promise.all([begun, over]);
  }

  stop(): void {
    const audio = this.#audio;
    this.#audio = null;
    if (audio === null) return;
    audio.pause();
    // The file is not fetched any further. An element that loads anew tells no one that it paused.
    audio.removeAttribute('src');
    audio.load();
    this.#end();
  }
}
