/** A stretch of another recording, played by itself. */

export class RecordedStretch {
  #audio: HTMLAudioElement | null = null;

  /**
   * Play a stretch once; what is playing ends.
   *
   * @returns when it is over, or was stopped
   * @throws Error if the browser cannot play the recording
   */
  async play(url: string, fromSec: number, toSec: number): Promise<void> {
    this.stop();
    const audio = new Audio(url);
    this.#audio = audio;
    audio.currentTime = fromSec;
    const over = new Promise<void>((resolve, reject) => {
      audio.addEventListener('timeupdate', () => {
        if (audio.currentTime >= toSec) audio.pause();
      });
      audio.addEventListener('pause', () => resolve());
      audio.addEventListener('ended', () => resolve());
      audio.addEventListener('error', () =>
        reject(new Error('This browser cannot play that recording.')),
      );
    });
    await Promise.all([audio.play(), over]);
  }

  stop(): void {
    this.#audio?.pause();
    this.#audio = null;
  }
}
