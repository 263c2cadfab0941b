/** The chart of a solo while it is edited: what is open, what is typed, what is on its way. */
import { SvelteMap } from 'svelte/reactivity';
import { api, unwrap } from '../api/client';
import type { Solo } from '../solo/solo.svelte';
import { barText, type PlacedChord, readBar, splitBars } from './bar_text';
import {
  type Cell,
  cellsOf,
  chartText,
  type ChordEvent,
  eventsOf,
  type Scope,
  scopesOf,
} from './chart_bars';
import { type Fit, undoable } from './edit_words';
import { type ChartBody, chartBody } from './pasted';

/** What was typed into a bar and is not yet, or not, taken. */
export interface Draft {
  typed: string;
  /** Why it was not taken; empty while it is on its way. */
  problem: string;
}

const ELSEWHERE = 'Not saved: this solo was changed elsewhere. Enter saves it now.';

export class Chart {
  #chosen = $state<Scope | null>(null);
  /** Key of the bar that is typed into. */
  openKey = $state<string | null>(null);
  typed = $state('');
  /** How the chart that was laid last lies over the recording. */
  laid = $state.raw<{ fit: Fit; firstBar: number | null; version: number } | null>(null);
  readonly drafts = new SvelteMap<string, Draft>();

  readonly scopes: Scope[] = $derived.by(() => scopesOf(this.solo.analysis?.form));
  readonly scope: Scope = $derived.by(() => {
    const chosen = this.#chosen;
    return chosen !== null && this.scopes.includes(chosen) ? chosen : (this.scopes[0] ?? 'all');
  });
  readonly cells: Cell[] = $derived.by(() => this.cellsOf(this.scope));

  constructor(private readonly solo: Solo) {}

  cellsOf(scope: Scope): Cell[] {
    const { analysis, bars } = this.solo;
    return cellsOf(scope, bars, analysis?.chords ?? [], analysis?.form);
  }

  choose(scope: Scope): void {
    this.close();
    this.drafts.clear();
    this.#chosen = scope;
  }

  /** Begin to type into a bar, with what is there or with a first letter. */
  open(cell: Cell, typed?: string): void {
    this.openKey = cell.key;
    this.typed = typed ?? this.shownText(cell);
  }

  close(): void {
    this.openKey = null;
    this.typed = '';
  }

  shownText(cell: Cell): string {
    return this.drafts.get(cell.key)?.typed ?? cell.text;
  }

  /** Whether somebody has typed into the open bar. */
  get isTouched(): boolean {
    const cell = this.cells.find((one) => one.key === this.openKey);
    return cell !== undefined && this.typed !== this.shownText(cell);
  }

  /**
   * Take what is typed into the open bar, and close it.
   *
   * @returns whether it was taken, when the service has answered
   */
  async commit(): Promise<boolean> {
    const cell = this.cells.find((one) => one.key === this.openKey);
    const typed = this.typed.trim();
    this.close();
    if (cell === undefined) return true;
    if (typed === '' || (typed === cell.text && !this.drafts.has(cell.key))) {
      this.drafts.delete(cell.key);
      return true;
    }
    const refuse = (problem: string) => this.drafts.set(cell.key, { typed, problem });
    this.drafts.set(cell.key, { typed, problem: '' });
    const { scope } = this;
    const made = await this.solo.change(
      // Where the bars are is looked up when it is sent: an edit before it may have moved them.
      (version) => {
        const events = this.#eventsOf(scope, cell.key, typed);
        return unwrap(
          api.PUT('/jobs/{job_id}/chords', { ...this.#path, body: { version, events } }),
        );
      },
      refuse,
    );
    if (made) this.drafts.delete(cell.key);
    else if (this.drafts.get(cell.key)?.problem === '') refuse(ELSEWHERE);
    return made;
  }

  /** Take another symbol for one chord of the open bar. */
  pick(cell: Cell, at: number, symbol: string): void {
    const chords = cell.chords.map((one, index) => (index === at ? { ...one, symbol } : one));
    this.typed = barText(chords, cell.bars[0]?.beatSecs.length ?? 4);
    void this.commit();
  }

  #eventsOf(scope: Scope, key: string, typed: string): ChordEvent[] {
    const cells = this.cellsOf(scope);
    const first = cells.findIndex((one) => one.key === key);
    let before: readonly PlacedChord[] = cells[first - 1]?.chords ?? [];
    const events: ChordEvent[] = [];
    splitBars(typed).forEach((part, at) => {
      const cell = cells[first + at];
      if (cell === undefined) throw new Error('want bars that the solo has, got more');
      const nBeats = Math.max(...cell.bars.map((bar) => bar.beatSecs.length));
      before = part === '' ? before : readBar(part, nBeats, before);
      for (const bar of cell.bars) events.push(...eventsOf(bar, before));
    });
    return events.sort((a, b) => a.onset_sec - b.onset_sec);
  }

  /** Lay a chart over the whole recording; gives whether it was taken. */
  async lay(text: string, refused: (sentence: string) => void): Promise<boolean> {
    return this.#lay(chartBody(text), refused);
  }

  /** Lay the chorus that is shown over all of them. */
  async layShown(refused: (sentence: string) => void): Promise<boolean> {
    const signature = this.solo.analysis?.time_signature ?? '4/4';
    return this.#lay({ text: chartText(this.cells, signature) }, refused);
  }

  async #lay(body: ChartBody, refused: (sentence: string) => void): Promise<boolean> {
    this.laid = null;
    return this.solo.change(async (version) => {
      const mended = await unwrap(
        api.PUT('/jobs/{job_id}/chords', { ...this.#path, body: { version, ...body } }),
      );
      const edit = undoable(mended.edits);
      const fit = edit?.fit ?? null;
      const beat = mended.beats?.[Number(fit?.start_beat ?? -1)];
      this.laid =
        fit === null ? null : { fit, firstBar: beat?.bar ?? null, version: edit?.version ?? -1 };
    }, refused);
  }

  get #path() {
    return { params: { path: { job_id: this.solo.id } } };
  }
}
