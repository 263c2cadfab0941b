/** Holds back the trimming of a lick by steps until no step has followed. */

/** So long nobody presses a key before the new ends of a lick are asked for. */
export const TRIM_AFTER_MS = 500;

export class TrimQueue {
  #waiting: { lickId: string; send: () => void } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Send what a lick's steps have come to when no more follow; another lick's is sent at once. */
  ask(lickId: string, send: () => void): void {
    if (this.#waiting?.lickId !== lickId) this.flush();
    clearTimeout(this.#timer);
    this.#waiting = { lickId, send };
    this.#timer = setTimeout(() => this.flush(), TRIM_AFTER_MS);
  }

  /** Send now what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.send();
  }
}

/** The one of the page: the lick book's steps and those of the recording's regions follow each other. */
export const trimQueue = new TrimQueue();
