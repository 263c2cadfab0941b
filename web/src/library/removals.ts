/** What is thrown away, with some seconds to think better of it. */

/** Time to undo, milliseconds: a message offers it for so long, or longer to who is at it. */
export const GRACE_MS = 8000;

/** Holds back removals; an item is gone for good when its time is over or the page goes. */
export class Removals<T extends { id: string }> {
  readonly #held = new Map<string, T>();

  /** @param remove does it for good; `isLast` when the page is going and cannot wait */
  constructor(private readonly remove: (item: T, isLast: boolean) => void) {}

  has(id: string): boolean {
    return this.#held.has(id);
  }

  hold(item: T): void {
    this.#held.set(item.id, item);
  }

  /** Take a removal back; gives the item, or nothing when it is too late. */
  undo(id: string): T | undefined {
    const item = this.#held.get(id);
    this.#held.delete(id);
    return item;
  }

  /** Do what is held back: its time is over. */
  finish(id: string, isLast = false): void {
    const item = this.undo(id);
    if (item !== undefined) this.remove(item, isLast);
  }

  /** Do at once what is held back. */
  flush(): void {
    for (const id of [...this.#held.keys()]) this.finish(id, true);
  }
}
