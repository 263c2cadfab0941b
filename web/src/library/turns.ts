/** Things that must not overtake each other: each begins when the one before it has ended. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Do something in its turn; what failed before it does not keep it from its own. */
  take<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act, act);
    this.#last = done;
    return done;
  }
}
