/** The attempts at a lick: sent, followed until they are marked, put into the log, thrown away. */
import { api, sentenceOf, unwrap } from '../api/client';
import { followUntil } from '../api/polling';
import type { Attempt, AttemptSummary } from '../api/types';
import { sendForm } from '../library/send';
import { toasts } from '../ui/toasts.svelte';
import { Undoable } from '../ui/undoable';
import { accuracyText, keySemitones } from './words';

/** What a player says of a take; what is not said is found out. */
export interface Said {
  instrument: string | undefined;
  key: string | null;
  tempoBpm: number | null;
}

export function isDone(one: Pick<AttemptSummary, 'status'>): boolean {
  return one.status !== 'CREATED' && one.status !== 'TRANSCRIBING';
}

export class Takes {
  items = $state.raw<AttemptSummary[] | null>(null);
  /** The one whose marks are shown. */
  openId = $state<string | null>(null);
  open = $state.raw<Attempt | null>(null);
  /** Attempts that are in the practice log. */
  logged = $state.raw<ReadonlySet<string>>(new Set());
  isSending = $state(false);
  problem = $state('');
  /** Said to those who do not see it. */
  said = $state('');
  #unfollow: () => void = () => undefined;
  #leaving = new AbortController();
  readonly #gone: Undoable<AttemptSummary>;

  constructor(private readonly lickId: string) {
    this.#gone = new Undoable<AttemptSummary>(
      (one, isLast) =>
        unwrap(
          api.DELETE('/attempts/{attempt_id}', {
            params: { path: { attempt_id: one.id } },
            keepalive: isLast,
          }),
        ),
      () => void this.load(),
    );
  }

  async load(): Promise<void> {
    const { signal } = this.#leaving;
    try {
      const items = await this.#ask(signal);
      this.#show(items);
      this.problem = '';
    } catch (error) {
      if (!signal.aborted) this.problem = sentenceOf(error);
      return;
    }
    this.#follow();
    void this.#loadLog();
  }

  /** Send a take, and show it. */
  async send(take: Blob, name: string, said: Said): Promise<void> {
    const form = new FormData();
    if (said.instrument !== undefined) form.append('instrument', said.instrument);
    if (said.key !== null) form.append('key', said.key);
    if (said.tempoBpm !== null) form.append('tempo_bpm', String(said.tempoBpm));
    form.append('audio', take, name);
    this.isSending = true;
    this.problem = '';
    try {
      const url = `/licks/${this.lickId}/attempts`;
      const { signal } = this.#leaving;
      const made = await sendForm<Attempt>(url, form, () => undefined, signal);
      this.said = 'The recording is sent.';
      this.#show([made, ...(this.items ?? [])]);
      this.show(made.id);
      this.#follow();
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.isSending = false;
    }
  }

  /** Show the marks of an attempt; null shows none. */
  show(id: string | null): void {
    this.openId = id;
    this.open = null;
    if (id !== null) void this.#loadMarks(id);
  }

  throwAway(one: AttemptSummary): void {
    if (this.openId === one.id) this.show(null);
    this.#gone.throwAway(one, 'The recording of your attempt is thrown away.');
    this.#show(this.items ?? []);
  }

  /** Put an attempt into the practice log; twice is once. */
  async log(attempt: Attempt): Promise<void> {
    const { best, marks } = attempt;
    if (best === null || marks === null) return;
    try {
      await unwrap(
        api.POST('/practice/sessions', {
          body: {
            id: attempt.id,
            lick_id: this.lickId,
            semitones: keySemitones(best.semitones),
            tempo_bpm: best.tempo_bpm,
            is_clean: best.is_clean,
            accuracy: best.accuracy,
            passes: marks.passes.length,
            duration_sec: attempt.duration_sec,
            source: 'attempt',
            played_at: attempt.created_at,
          },
        }),
      );
    } catch (error) {
      toasts.error(`It is not in the log: ${sentenceOf(error)}`);
      return;
    }
    this.logged = new Set([...this.logged, attempt.id]);
    toasts.show('It is in your practice log.', {
      action: { label: 'Undo', run: () => void this.#unlog(attempt.id) },
    });
  }

  /** Throw away for good what still could come back: the page goes. */
  flush(): void {
    this.#gone.flush();
  }

  close(): void {
    this.#leaving.abort();
    this.#unfollow();
    this.flush();
  }

  async #unlog(id: string): Promise<void> {
    try {
      const params = { path: { session_id: id } };
      await unwrap(api.DELETE('/practice/sessions/{session_id}', { params }));
      this.logged = new Set([...this.logged].filter((one) => one !== id));
    } catch (error) {
      toasts.error(`It is still in the log: ${sentenceOf(error)}`);
    }
  }

  /** Without the log nothing is said of it. */
  async #loadLog(): Promise<void> {
    const params = { query: { lick_id: this.lickId, limit: 200 } };
    const found = await unwrap(api.GET('/practice/sessions', { params })).catch(() => null);
    if (found !== null) this.logged = new Set(found.items.map((one) => one.id));
  }

  async #loadMarks(id: string): Promise<void> {
    try {
      const params = { path: { attempt_id: id } };
      const found = await unwrap(api.GET('/attempts/{attempt_id}', { params }));
      if (this.openId === id) this.open = found;
    } catch (error) {
      if (this.openId === id) this.problem = sentenceOf(error);
    }
  }

  async #ask(signal: AbortSignal): Promise<AttemptSummary[]> {
    const params = { path: { lick_id: this.lickId } };
    return (await unwrap(api.GET('/licks/{lick_id}/attempts', { params, signal }))).items;
  }

  #follow(): void {
    this.#unfollow();
    if (this.#leaving.signal.aborted || this.items?.every(isDone) !== false) return;
    this.#unfollow = followUntil(
      (signal) => this.#ask(signal),
      (items) => items.filter((one) => !this.#gone.has(one.id)).every(isDone),
      (items) => this.#show(items),
    );
  }

  #show(items: readonly AttemptSummary[]): void {
    const waited = new Set(this.items?.filter((one) => !isDone(one)).map((one) => one.id));
    this.items = items.filter((one) => !this.#gone.has(one.id));
    const done = this.items.find((one) => isDone(one) && waited.has(one.id));
    if (done === undefined) return;
    this.said =
      done.best === null
        ? 'Your attempt could not be marked.'
        : `Your attempt is marked: ${accuracyText(done.best.accuracy)}.`;
    this.show(done.id);
  }
}
