/** Asks again and again until something is done: for what no stream of events tells of. */

/** Between an answer and the next question. */
const EVERY_MS = 1000;
/** While the service is away it is asked less often. */
const LOST_MS = 4000;

/**
 * Follow something until it has ended; a question that fails is asked again.
 *
 * @param ask gets it as it is now
 * @param isOver whether there is nothing more to follow
 * @returns ends it
 */
export function followUntil<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  isOver: (one: T) => boolean,
  show: (one: T) => void,
  everyMs = EVERY_MS,
): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function look(): Promise<void> {
    let waitMs = everyMs;
    try {
      const one = await ask(stop.signal);
      if (stop.signal.aborted) return;
      show(one);
      if (isOver(one)) return;
    } catch {
      if (stop.signal.aborted) return;
      waitMs = Math.max(everyMs, LOST_MS);
    }
    timer = setTimeout(() => void look(), waitMs);
  }
  timer = setTimeout(() => void look(), everyMs);
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
