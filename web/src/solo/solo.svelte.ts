/** One solo as the page knows it: what the service says of it, and what is chosen on the page. */
import { api, ApiError, sentenceOf, unwrap } from '../api/client';
import type { Analysis, Job, Lick, Licks, LineAnalysis, Note } from '../api/types';
import { type Bar, barsOf } from '../time/bars';
import { toasts } from '../ui/toasts.svelte';
import { keptOptions, type SoloOptions } from './options.svelte';

/** So long it is said that the page shows an earlier state. */
const STALE_MS = 30_000;

/** A stretch of the recording, seconds. */
export interface Stretch {
  fromSec: number;
  toSec: number;
}

export type NoteDetail = LineAnalysis['notes'][number];
/** The four that have a colour. */
export type Role = 'chord' | 'tension' | 'approach' | 'other';

export class Solo {
  job = $state.raw<Job | null>(null);
  analysis = $state.raw<Analysis | null>(null);
  notes = $state.raw<Note[]>([]);
  line = $state.raw<LineAnalysis | null>(null);
  licks = $state.raw<Licks | null>(null);
  /** Of notes, beats and changes; grows with every edit, here or in another tab. */
  version = $state(0);
  /** Why it cannot be shown, as a sentence; empty while all is well. */
  problem = $state('');
  isLoaded = $state(false);
  /** Edits that are on their way or wait for their turn. */
  #nChanges = $state(0);
  /** Whether there is one. */
  readonly isSaving: boolean = $derived(this.#nChanges > 0);
  #turn: Promise<unknown> = Promise.resolve();
  #nConflicts = 0;
  /** Takes back the last edit that is shown but not yet sent; gives whether there was one. */
  takeBack: () => boolean = () => false;

  /** What is marked, in all views at once: what loops, what becomes a lick, what is taken away. */
  selection = $state.raw<Stretch | null>(null);
  /** The lick that is open. */
  lickId = $state<string | null>(null);
  /** Notes that are lit: of the sentence under the mouse, of the lick that is open. */
  lit = $state.raw<ReadonlySet<string>>(new Set());
  /** Notes that are marked for an edit. */
  marked = $state.raw<ReadonlySet<string>>(new Set());
  readonly options: SoloOptions = keptOptions();

  readonly bars: Bar[] = $derived(this.analysis === null ? [] : barsOf(this.analysis));
  readonly details: ReadonlyMap<string, NoteDetail> = $derived(
    new Map((this.line?.notes ?? []).map((one) => [one.id, one])),
  );
  readonly lick: Lick | null = $derived(
    this.licks?.licks.find((one) => one.id === this.lickId) ?? null,
  );

  constructor(readonly id: string) {}

  /** Get all that is known, of a job that is not READY only itself; gives whether that went well. */
  async load(): Promise<boolean> {
    try {
      this.job = await unwrap(api.GET('/jobs/{job_id}', this.#path));
      const hasResult = this.job.result_at !== null;
      if (hasResult) await this.refresh();
      this.problem = '';
      this.isLoaded = hasResult;
      return true;
    } catch (error) {
      // What is shown is better than nothing.
      if (this.isLoaded) this.#sayStale(sentenceOf(error));
      else this.problem = sentenceOf(error);
      return false;
    }
  }

  /** Get anew what follows from the notes, beats and changes. */
  async refresh(analysis?: Analysis): Promise<void> {
    const path = this.#path;
    const [mended, notes, licks, line] = await Promise.all([
      analysis ?? unwrap(api.GET('/jobs/{job_id}/analysis', path)),
      unwrap(api.GET('/jobs/{job_id}/notes', path)),
      unwrap(api.GET('/jobs/{job_id}/licks', path)),
      // A solo without a note has nothing to analyse; that is no reason to show nothing.
      unwrap(api.GET('/jobs/{job_id}/line-analysis', path)).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 422) return null;
        throw error;
      }),
    ]);
    this.analysis = mended;
    this.notes = notes.notes ?? [];
    this.licks = licks;
    this.line = line;
    this.version = mended.version ?? 0;
  }

  /** Get the licks alone, after one was made, trimmed, named or thrown away. */
  async refreshLicks(): Promise<void> {
    this.licks = await unwrap(api.GET('/jobs/{job_id}/licks', this.#path));
  }

  /**
   * Make an edit on the version that is shown, and show all that follows from it; edits that are
   * made while another is on its way wait for it.
   *
   * @param ask sends it; gets the version to name in the body
   * @param refused shows the service's sentence where it belongs; a message by default
   * @returns whether it was made. When somebody else was quicker, that is told and what is there
   *   now is shown: what was typed stays where it was typed.
   */
  change(
    ask: (version: number) => Promise<unknown>,
    refused: (sentence: string) => void = (sentence) => toasts.error(sentence),
  ): Promise<boolean> {
    const nConflicts = this.#nConflicts;
    this.#nChanges += 1;
    const made = this.#turn
      // What waited was meant for what was shown before somebody else was quicker.
      .then(() => nConflicts === this.#nConflicts && this.#change(ask, refused))
      .finally(() => (this.#nChanges -= 1));
    this.#turn = made;
    return made;
  }

  async #change(
    ask: (version: number) => Promise<unknown>,
    refused: (sentence: string) => void,
  ): Promise<boolean> {
    try {
      await ask(this.version);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409 && error.version !== undefined) {
        this.#nConflicts += 1;
        await this.refresh().catch(() => undefined);
        toasts.error('This solo was changed in another tab. This is how it is now; try again.');
      } else {
        refused(sentenceOf(error));
      }
      return false;
    }
    await this.refresh().catch((error: unknown) => {
      this.#sayStale(`Your edit is saved, but cannot be shown: ${sentenceOf(error)}`);
    });
    return true;
  }

  #sayStale(text: string): void {
    const action = { label: 'Load again', run: () => void this.load() };
    toasts.show(text, { kind: 'error', forMs: STALE_MS, action });
  }

  /** Take the last edit back, also one that is not yet sent. */
  async undo(): Promise<boolean> {
    if (this.takeBack()) return true;
    return this.change((version) =>
      unwrap(api.POST('/jobs/{job_id}/undo', { ...this.#path, body: { version } })),
    );
  }

  redo(): Promise<boolean> {
    return this.change((version) =>
      unwrap(api.POST('/jobs/{job_id}/redo', { ...this.#path, body: { version } })),
    );
  }

  get #path() {
    return { params: { path: { job_id: this.id } } };
  }
}

/** The colour of a note: what it is to the chord under it, and how it gets to its goal. */
export function roleOf(detail: NoteDetail | undefined): Role {
  if (detail === undefined) return 'other';
  if (detail.role === 'guide tone' || detail.role === 'chord tone') return 'chord';
  if (detail.approach !== null) return 'approach';
  if (detail.role === 'tension') return 'tension';
  return 'other';
}
