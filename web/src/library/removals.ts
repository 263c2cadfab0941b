/** What is thrown away, with some seconds to think better of it. */

interface Removal<T> {
  item: T;
  timer: ReturnType<typeof setTimeout>;
}

/** Time to undo, milliseconds. */
export const GRACE_MS = 8000;

/** Holds back removals; an item is gone for good when its time is over or the page goes. */
export class Removals<T extends { id: string }> {
  readonly #held = new Map<string, Removal<T>>();

  /** @param remove does it for good; `isLast` when the page is going and cannot wait */
  constructor(private readonly remove: (item: T, isLast: boolean) => void) {}

  has(id: string): boolean {
    return this.#held.has(id);
  }

  hold(item: T): void {
    if (this.has(item.id)) return;
    const timer = setTimeout(() => this.#finish(item.id, false), GRACE_MS);
    this.#held.set(item.id, { item, timer });
  }

  /** Take a removal back; gives the item, or nothing when it is too late. */
  undo(id: string): T | undefined {
    const removal = this.#held.get(id);
    if (removal === undefined) return undefined;
    clearTimeout(removal.timer);
    this.#held.delete(id);
    return removal.item;
  }

  /** Do at once what is held back. */
  flush(): void {
    for (const id of [...this.#held.keys()]) this.#finish(id, true);
  }

  #finish(id: string, isLast: boolean): void {
    const item = this.undo(id);
    if (item !== undefined) this.remove(item, isLast);
  }
}
