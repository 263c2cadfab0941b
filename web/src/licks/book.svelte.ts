/** The licks of a solo as a person goes through them: open, name, trim, make, throw away. */
import { api, ApiError, sentenceOf, unwrap } from '../api/client';
import type { Instrument, Lick } from '../api/types';
import { GRACE_MS, Removals } from '../library/removals';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { trimQueue } from '../timeline/trim_queue';
import { askedStretch, type Edge, type Span, spanOf, stepEdge } from '../timeline/trims';
import { toasts } from '../ui/toasts.svelte';
import { arranged, neighbour, type Order, type Origin } from './order';
import { PatternSearch } from './pattern_search.svelte';
import { barsText, labelOf } from './words';

export class LickBook {
  order = $state<Order>('best');
  origin = $state<Origin>('all');
  /** Said to those who do not see it. */
  said = $state('');
  isMaking = $state(false);
  /** Ends of the open lick that steps have moved, until the service has them. */
  trim = $state.raw<{ lickId: string; span: Span } | null>(null);
  readonly listed: Lick[] = $derived.by(() =>
    arranged(this.solo.licks?.licks ?? [], this.order, this.origin),
  );
  /** The lick that was open last: where the list goes on. */
  lastId: string | null = null;
  /** Whether the places elsewhere are looked for at once with each lick. */
  looksElsewhere = $state(false);
  readonly search = new PatternSearch();
  /** Those that parts are written for. */
  instruments = $state.raw<Instrument[]>([]);
  /** Whether the part is written in another key than it sounds. */
  readonly isTransposed: boolean = $derived.by(() => {
    const part = this.solo.options.part ?? this.solo.job?.instrument;
    const instrument = this.instruments.find((one) => one.id === part);
    return (instrument?.transposition_semitones ?? 0) % 12 !== 0;
  });
  /** Take away the messages that offer to undo. */
  #dismissals: (() => void)[] = [];
  readonly #thrown = new Removals<Lick>((lick, isLast) => void this.#remove(lick, isLast));

  constructor(
    private readonly solo: Solo,
    private readonly player: Player,
  ) {}

  /** Get what is known of instruments; without it nothing is said of keys. */
  async loadInstruments(): Promise<void> {
    this.instruments = await unwrap(api.GET('/instruments')).catch(() => []);
  }

  open(lick: Lick): void {
    this.solo.lickId = lick.id;
  }

  close(): void {
    this.solo.lickId = null;
  }

  /** Open the next lick of the list, or the one before. */
  step(by: 1 | -1): void {
    const next = neighbour(this.listed, this.solo.lickId, by);
    if (next !== null) this.open(next);
  }

  /** Loop a lick from its start, now. */
  playLoop(lick: Lick): void {
    this.player.loop = { fromSec: lick.onset_sec, toSec: lick.offset_sec };
    this.player.seek(lick.onset_sec);
    void this.player.play();
  }

  /** Give a lick a name; an empty one takes the name away. */
  async rename(lick: Lick, name: string): Promise<void> {
    const wanted = name.trim() || null;
    if (wanted === lick.name) return;
    if (!(await this.#patch(lick.id, { name: wanted }))) return;
    this.said = wanted === null ? 'The name is taken away.' : `The lick is called ${wanted}.`;
  }

  /** Move an end of a lick by some notes: shown at once, asked for when no step has followed. */
  trimBy(lick: Lick, edge: Edge, by: number): void {
    const { notes } = this.solo;
    const before = this.spanOf(lick);
    if (before === null) return;
    const span = stepEdge(before, edge, by, notes.length);
    this.trim = { lickId: lick.id, span };
    const ids = notes.slice(span.first, span.last + 1).map((one) => one.id);
    this.solo.lit = new Set(ids);
    this.said = `${ids.length} notes.`;
    trimQueue.ask(lick.id, () => {
      void this.#patch(lick.id, askedStretch(span, notes)).finally(() => {
        if (this.trim?.span === span) this.trim = null;
      });
    });
  }

  /** Give the notes of a lick, by their places in the solo, as steps have moved its ends. */
  spanOf(lick: Lick): Span | null {
    return this.trim?.lickId === lick.id ? this.trim.span : spanOf(lick, this.solo.notes);
  }

  /** Make a lick of what is marked, and open it. */
  async make(): Promise<void> {
    const { selection } = this.solo;
    if (selection === null) {
      toasts.show('Mark some bars first: drag over the score or the recording.');
      return;
    }
    this.isMaking = true;
    try {
      const made = await unwrap(
        api.POST('/jobs/{job_id}/licks', {
          params: { path: { job_id: this.solo.id } },
          body: { from_sec: selection.fromSec, to_sec: selection.toSec },
        }),
      );
      await this.solo.refreshLicks();
      if (this.origin === 'found') this.origin = 'all';
      this.solo.selection = null;
      this.solo.lickId = made.id;
    } catch (error) {
      const isTooShort = error instanceof ApiError && error.status === 422;
      toasts.error(
        isTooShort
          ? 'A lick has three notes or more: mark a longer stretch.'
          : `No lick was made: ${sentenceOf(error)}`,
      );
    } finally {
      this.isMaking = false;
    }
  }

  /** Take a lick away; for some seconds it can come back. */
  throwAway(lick: Lick): void {
    if (this.solo.lickId === lick.id) this.close();
    this.#thrown.hold(lick);
    this.hideThrown();
    this.#dismissals.push(
      toasts.show(`${labelOf(lick)}, ${barsText(lick.bars)}, is thrown away.`, {
        forMs: GRACE_MS,
        onexpire: () => this.#thrown.finish(lick.id),
        action: { label: 'Undo', run: () => void this.#takeBack(lick) },
      }),
    );
  }

  /** Leave out of all views what is thrown away but still there. */
  hideThrown(): void {
    const { licks } = this.solo;
    if (licks === null || !licks.licks.some((one) => this.#thrown.has(one.id))) return;
    this.solo.licks = { ...licks, licks: licks.licks.filter((one) => !this.#thrown.has(one.id)) };
  }

  /** Throw away for good what still could come back: the page goes. */
  flush(): void {
    this.#thrown.flush();
    for (const dismiss of this.#dismissals.splice(0)) dismiss();
  }

  async #takeBack(lick: Lick): Promise<void> {
    if (this.#thrown.undo(lick.id) === undefined) return;
    await this.solo.refreshLicks().catch((error: unknown) => toasts.error(sentenceOf(error)));
    this.open(lick);
  }

  async #remove(lick: Lick, isLast: boolean): Promise<void> {
    const path = { params: { path: { lick_id: lick.id } } };
    try {
      await unwrap(api.DELETE('/licks/{lick_id}', { ...path, keepalive: isLast }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      toasts.error(`${labelOf(lick)} is still here: ${sentenceOf(error)}`);
      await this.solo.refreshLicks().catch(() => undefined);
    }
  }

  /** @returns whether it was done; if not, that is told */
  async #patch(
    id: string,
    body: { name: string | null } | { from_sec: number; to_sec: number },
  ): Promise<boolean> {
    try {
      await unwrap(api.PATCH('/licks/{lick_id}', { params: { path: { lick_id: id } }, body }));
      await this.solo.refreshLicks();
      return true;
    } catch (error) {
      toasts.error(sentenceOf(error));
      return false;
    }
  }
}
