/** Sheets of what is practised, kept by key, so that the next one is there when its key comes. */
import type { Sheet } from '../score/sheet';

export class SheetShelf {
  readonly #sheets = new Map<string, Promise<Sheet>>();
  readonly #aborter = new AbortController();

  /** Get a sheet; asks for it only if it is not here. */
  get(name: string, ask: (signal: AbortSignal) => Promise<Sheet>): Promise<Sheet> {
    const there = this.#sheets.get(name);
    if (there !== undefined) return there;
    const asked = ask(this.#aborter.signal);
    this.#sheets.set(name, asked);
    // What failed is asked for again.
    asked.catch(() => this.#sheets.delete(name));
    return asked;
  }

  close(): void {
    this.#aborter.abort();
  }
}
