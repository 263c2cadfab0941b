/** Tells the service what was played on a ladder: one session for each key that had a pass. */
import { api, sentenceOf, unwrap } from '../api/client';
import type { Lick } from '../api/types';
import { labelOf } from '../licks/words';
import { tonicNamed } from '../player/steps';
import { toasts } from '../ui/toasts.svelte';
import { isClean, percentOf, type Visit } from './visit';

const N_KEYS = 12;

export class LadderLog {
  /** Keys that were logged, and their sessions. */
  readonly #logged: { name: string; id: string }[] = [];
  #asked: Promise<unknown> = Promise.resolve();
  #problem = '';

  constructor(private readonly lick: Lick) {}

  /** Log a key that was left; without a pass there is nothing to log. */
  add(visit: Visit): void {
    if (visit.nPasses === 0) return;
    const body = {
      lick_id: this.lick.id,
      // The player reaches an octave; the log knows keys.
      semitones: visit.semitones % N_KEYS,
      tempo_share: percentOf(visit) / 100,
      is_clean: isClean(visit),
      passes: visit.nPasses,
      duration_sec: Math.round(visit.playedSec * 10) / 10,
      source: 'ladder' as const,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const how = isClean(visit) ? `${percentOf(visit)} %` : `${percentOf(visit)} %, not clean`;
    // Kept alive: the page may be going.
    const asked = unwrap(api.POST('/practice/sessions', { body, keepalive: true }));
    this.#asked = Promise.allSettled([this.#asked, asked]);
    asked.then(
      ({ id, key }) => this.#logged.push({ name: `${tonicNamed(key, 0) ?? key} (${how})`, id }),
      (error: unknown) => (this.#problem = sentenceOf(error)),
    );
  }

  /** Say once what was logged, with the way to take it back. */
  async close(): Promise<void> {
    await this.#asked;
    if (this.#problem !== '') toasts.error(`Not in your practice log: ${this.#problem}`);
    if (this.#logged.length === 0) return;
    const names = this.#logged.map((one) => one.name).join(', ');
    toasts.show(`In your practice log: ${labelOf(this.lick)} in ${names}.`, {
      action: { label: 'Undo', run: () => void this.#takeBack() },
    });
  }

  async #takeBack(): Promise<void> {
    const asked = this.#logged.map(({ id }) =>
      unwrap(
        api.DELETE('/practice/sessions/{session_id}', { params: { path: { session_id: id } } }),
      ),
    );
    const ended = await Promise.allSettled(asked);
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed !== undefined) toasts.error(sentenceOf(failed.reason));
  }
}
