/** A search for what is alike: its wishes, its results, and what went wrong. */
import { sentenceOf } from '../api/client';
import type { Match } from '../api/types';
import { asked, NO_WISHES, type Wishes } from './matches';

type Ask = (wishes: ReturnType<typeof asked>, signal: AbortSignal) => Promise<Match[]>;

export class Finder {
  wishes = $state<Wishes>({ ...NO_WISHES });
  /** Null until something was asked. */
  results = $state.raw<Match[] | null>(null);
  problem = $state('');
  isBusy = $state(false);
  #asking: AbortController | null = null;

  constructor(private readonly ask: Ask) {}

  /** Ask the service; a question that is still open is given up. */
  async find(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.isBusy = true;
    try {
      this.results = await this.ask(asked(this.wishes), asking.signal);
      this.problem = '';
    } catch (error) {
      if (asking.signal.aborted) return;
      this.results = null;
      this.problem = sentenceOf(error);
    } finally {
      if (this.#asking === asking) this.isBusy = false;
    }
  }

  stop(): void {
    this.#asking?.abort();
    this.isBusy = false;
  }

  clear(): void {
    this.stop();
    this.results = null;
    this.problem = '';
  }
}
