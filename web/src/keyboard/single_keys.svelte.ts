/**
 * Whether letters, digits and signs do something by themselves. Who speaks to the machine, or whose
 * hands slip, can switch them off (WCAG 2.1.4); the browser keeps it.
 */

const KEY = 'licklab.single-keys';

class SingleKeys {
  #areOn = $state(localStorage.getItem(KEY) !== 'off');

  get areOn(): boolean {
    return this.#areOn;
  }

  set areOn(areOn: boolean) {
    this.#areOn = areOn;
    localStorage.setItem(KEY, areOn ? 'on' : 'off');
  }
}

export const singleKeys = new SingleKeys();
