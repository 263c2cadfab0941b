/** Bars that are covered until one has heard them: the ear first. */
import { SvelteSet } from 'svelte/reactivity';

export class Hiding {
  /** Numbers of the bars that are uncovered. */
  readonly #revealed = new SvelteSet<number>();

  constructor(
    private readonly isOn: () => boolean,
    private readonly bars: () => readonly { number: number; offset_sec: number }[],
  ) {}

  isHidden(bar: number): boolean {
    return this.isOn() && !this.#revealed.has(bar);
  }

  reveal(bar: number): void {
    this.#revealed.add(bar);
  }

  /** Uncover the bar that sounds, or the next one that is covered. */
  revealNext(sec: number): number | null {
    const hidden = this.bars().filter((one) => this.isHidden(one.number));
    const next = hidden.find((one) => one.offset_sec > sec) ?? hidden[0];
    if (next === undefined) return null;
    this.reveal(next.number);
    return next.number;
  }

  revealAll(): void {
    for (const one of this.bars()) this.#revealed.add(one.number);
  }

  hideAll(): void {
    this.#revealed.clear();
  }

  get nHidden(): number {
    return this.bars().filter((one) => this.isHidden(one.number)).length;
  }
}
