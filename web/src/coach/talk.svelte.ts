/** What the coach says of a lick, and the same in other words. */
import { api, sentenceOf, unwrap } from '../api/client';
import type { Coach, Rephrased } from '../api/types';
import type { Level } from './level';

export class Talk {
  said = $state.raw<Coach | null>(null);
  other = $state.raw<Rephrased | null>(null);
  /** Whether the other words are shown. */
  showsOther = $state(false);
  isAsking = $state(false);
  problem = $state('');
  readonly shown: Pick<Coach, 'sections'> | null = $derived(
    this.showsOther && this.other !== null ? this.other : this.said,
  );
  #asking = new AbortController();

  /** Ask for what the rules say; the other words of before go. */
  async load(lickId: string, level: Level, instrument: string | undefined): Promise<void> {
    const { signal } = this.#begin();
    try {
      const query = { level, instrument };
      const params = { path: { lick_id: lickId }, query };
      const said = await unwrap(api.GET('/licks/{lick_id}/coach', { params, signal }));
      this.said = said;
      this.other = null;
      this.showsOther = false;
      this.problem = '';
    } catch (error) {
      if (!signal.aborted) this.problem = sentenceOf(error);
    }
  }

  /** Have it said in other words; the service keeps them, so it is asked once. */
  async rephrase(lickId: string, level: Level, instrument: string | undefined): Promise<void> {
    const { signal } = this.#begin();
    this.isAsking = true;
    try {
      const params = { path: { lick_id: lickId } };
      const body = { level, instrument };
      this.other = await unwrap(api.POST('/licks/{lick_id}/coach', { params, body, signal }));
      this.showsOther = true;
      this.problem = '';
    } catch (error) {
      if (!signal.aborted) this.problem = sentenceOf(error);
    } finally {
      if (!signal.aborted) this.isAsking = false;
    }
  }

  close(): void {
    this.#asking.abort();
  }

  #begin(): AbortController {
    this.#asking.abort();
    this.isAsking = false;
    this.#asking = new AbortController();
    return this.#asking;
  }
}

/** Say what became of other words. */
export function rephrasedText(other: Rephrased): string {
  const { rephrased, sentences, refused, problem } = other.language_model;
  if (problem !== null) return `There are no other words: ${problem}.`;
  if (refused.length === 0) return `${rephrased} of ${sentences} sentences are in other words.`;
  return (
    `${rephrased} of ${sentences} sentences are in other words; ` +
    'the others would have said something else.'
  );
}
