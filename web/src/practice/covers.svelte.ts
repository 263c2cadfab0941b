/** What of the practice sheet is covered: whole bars, or in a bar the notes that are still to be guessed. */
import { SvelteSet } from 'svelte/reactivity';
import { Hiding } from '../score/hiding.svelte';
import type { SheetBar, SheetNote } from '../score/sheet';

export class Covers {
  readonly bars: Hiding;
  /** Notes that are covered in bars that are not. */
  readonly noteIds = new SvelteSet<string>();

  constructor(
    isOn: () => boolean,
    private readonly sheet: () => { bars: SheetBar[]; notes: SheetNote[] } | null,
  ) {
    this.bars = new Hiding(isOn, () => this.sheet()?.bars ?? []);
  }

  /** Whether something is left to guess. */
  get hasMore(): boolean {
    return this.bars.nHidden > 0 || this.noteIds.size > 0;
  }

  /**
   * Uncover the next note alone.
   *
   * @returns it; null when all is open
   */
  nextNote(): SheetNote | null {
    const notes = this.sheet()?.notes ?? [];
    const next = notes.find((one) => this.bars.isHidden(one.bar) || this.noteIds.has(one.id));
    if (next === undefined) {
      // Bars without a note are left.
      this.bars.revealAll();
      return null;
    }
    if (this.bars.isHidden(next.bar)) {
      this.bars.reveal(next.bar);
      for (const one of notes) if (one.bar === next.bar) this.noteIds.add(one.id);
    }
    this.noteIds.delete(next.id);
    return next;
  }

  showAll(): void {
    this.bars.revealAll();
    this.noteIds.clear();
  }

  hideAll(): void {
    this.bars.hideAll();
    this.noteIds.clear();
  }
}
