/** The instrument that new recordings are heard for; the browser keeps the last choice. */

const KEY = 'licklab.instrument';

class Choice {
  #id = $state(localStorage.getItem(KEY));

  /** Id; null before the first choice. */
  get id(): string | null {
    return this.#id;
  }

  choose(id: string): void {
    this.#id = id;
    localStorage.setItem(KEY, id);
  }
}

export const choice = new Choice();
