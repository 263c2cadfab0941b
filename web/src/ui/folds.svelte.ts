/** Which folds of the page are open: what was unfolded for one lick is unfolded for the next. */

class Folds {
  #open = $state.raw<ReadonlySet<string>>(new Set());

  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  set(name: string, isOpen: boolean): void {
    if (this.isOpen(name) === isOpen) return;
    const open = new Set(this.#open);
    if (isOpen) open.add(name);
    else open.delete(name);
    this.#open = open;
  }
}

export const folds = new Folds();
