/** Throws things away that can come back for some seconds. */
import { ApiError, sentenceOf } from '../api/client';
import { GRACE_MS, Removals } from '../library/removals';
import { toasts } from './toasts.svelte';

export class Undoable<T extends { id: string }> {
  readonly #held: Removals<T>;
  #dismissals: (() => void)[] = [];

  /**
   * @param remove does it for good; `isLast` when the page is going and cannot wait
   * @param back shows a thing again that is not gone
   */
  constructor(
    remove: (item: T, isLast: boolean) => Promise<unknown>,
    private readonly back: (item: T) => void,
  ) {
    this.#held = new Removals<T>((item, isLast) => {
      remove(item, isLast).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return;
        toasts.error(`It is still here: ${sentenceOf(error)}`);
        back(item);
      });
    });
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** @param said a sentence that tells what is gone */
  throwAway(item: T, said: string): void {
    this.#held.hold(item);
    this.#dismissals.push(
      toasts.show(said, {
        forMs: GRACE_MS,
        onexpire: () => this.#held.finish(item.id),
        action: { label: 'Undo', run: () => this.#takeBack(item) },
      }),
    );
  }

  /** Throw away for good what still could come back. */
  flush(): void {
    this.#held.flush();
    for (const dismiss of this.#dismissals.splice(0)) dismiss();
  }

  #takeBack(item: T): void {
    if (this.#held.undo(item.id) !== undefined) this.back(item);
  }
}
