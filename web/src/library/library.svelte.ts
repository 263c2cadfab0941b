/** The library as the page knows it: solos in the order and filter that is wanted, kept up to date. */
import { SvelteSet } from 'svelte/reactivity';
import { api, ApiError, sentenceOf, unwrap } from '../api/client';
import type { Instrument, Job } from '../api/types';
import { toasts } from '../ui/toasts.svelte';
import {
  EVERYTHING,
  isFiltered,
  type Listing,
  matches,
  type Query,
  reloaded,
  withJob,
  withoutJob,
  withPage,
} from './listing';
import { ordered } from './instruments';
import { GRACE_MS, Removals } from './removals';
import { followJobs } from './stream';
import { Turns } from './turns';
import { quoted } from './words';

const PAGE = 40;
const MOST = 200; // the service's own limit of a page

class Library {
  listing = $state.raw<Listing>({ items: [], next: null });
  query = $state.raw<Query>(EVERYTHING);
  instruments = $state.raw<Instrument[]>([]);
  tags = $state.raw<string[]>([]);
  /** Whether the list is that of the query. */
  isLoaded = $state(false);
  /** Why there is no list, as a sentence. */
  problem = $state('');
  isConnected = $state(true);
  /** Said to those who cannot see the list. */
  announcement = $state('');
  readonly #hidden = new SvelteSet<string>();
  readonly items: readonly Job[] = $derived(
    this.listing.items.filter((one) => !this.#hidden.has(one.id)),
  );
  #asked = 0;
  readonly #retagging = new Turns();
  readonly #removals = new Removals<Job>((job, isLast) => void this.#remove(job, isLast));

  constructor() {
    window.addEventListener('pagehide', () => this.#removals.flush());
  }

  /** Keep the list up to date; gives what ends it. */
  follow(): () => void {
    void this.load();
    void this.#loadInstruments();
    return followJobs('/events', {
      job: (job) => this.apply(job),
      deleted: (id) => {
        this.listing = withoutJob(this.listing, id);
      },
      opened: () => {
        this.isConnected = true;
        // What happened before the stream was there, it does not tell: also at the first time.
        void this.load();
        void this.#loadInstruments();
      },
      lost: () => (this.isConnected = false),
    });
  }

  /** Show what is asked for. */
  ask(change: Partial<Query>): void {
    const query = { ...this.query, ...change };
    if (JSON.stringify(query) === JSON.stringify(this.query)) return;
    this.query = query;
    this.isLoaded = false;
    void this.load();
  }

  /** Get the list anew, as much of it as is shown. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const shown = this.isLoaded ? this.listing.items.length : 0;
    try {
      const page = await this.#page(Math.min(MOST, Math.max(PAGE, shown)));
      if (asked !== this.#asked) return;
      this.listing = reloaded(this.listing, page);
      this.problem = '';
      this.isLoaded = true;
    } catch (error) {
      if (asked === this.#asked) this.problem = sentenceOf(error);
    }
    void this.#loadTags();
  }

  /** Get the next page. */
  async more(): Promise<void> {
    const { next } = this.listing;
    if (next === null || !this.isLoaded) return;
    const asked = ++this.#asked;
    try {
      const page = await this.#page(PAGE, next);
      if (asked === this.#asked) this.listing = withPage(this.listing, page);
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Take news of a solo. */
  apply(job: Job): void {
    const before = this.listing.items.find((one) => one.id === job.id);
    this.listing = withJob(this.listing, job, this.query, this.instruments);
    if (before === undefined || before.status === job.status) return;
    if (job.status === 'READY') this.announcement = `${job.title} is ready.`;
    if (job.status === 'FAILED') this.announcement = `${job.title} failed: ${job.error ?? ''}`;
  }

  /** Take a solo that somebody has just brought; what would not be seen is said. */
  welcome(job: Job): void {
    // The example that was thrown away a moment ago is the one that is brought back.
    if (this.#removals.undo(job.id) !== undefined) this.#hidden.delete(job.id);
    this.apply(job);
    if (!isFiltered(this.query) || matches(job, this.query, this.instruments)) return;
    toasts.show(`${quoted(job.title)} is here, but does not fit what you search.`, {
      action: { label: 'Show all', run: () => this.ask({ words: '', tag: null }) },
    });
  }

  async cancel(job: Job): Promise<void> {
    await this.#act(unwrap(api.POST('/jobs/{job_id}/cancel', pathOf(job))));
  }

  async retry(job: Job): Promise<void> {
    await this.#act(unwrap(api.POST('/jobs/{job_id}/retry', pathOf(job))));
  }

  /** Give a title, or (null) the file's name again. */
  async rename(job: Job, title: string | null): Promise<void> {
    await this.#act(unwrap(api.PATCH('/jobs/{job_id}', { ...pathOf(job), body: { title } })));
  }

  /**
   * Change the tags of a solo; gives whether it could be done.
   *
   * The service takes all of them at once: a change that did not wait for the one before it would
   * take that back.
   */
  async retag(job: Job, change: (tags: readonly string[]) => string[]): Promise<boolean> {
    return this.#retagging.take(async () => {
      const { tags } = this.listing.items.find((one) => one.id === job.id) ?? job;
      const body = { tags: change(tags) };
      if (body.tags.join('\n') === tags.join('\n')) return true;
      const done = await this.#act(unwrap(api.PATCH('/jobs/{job_id}', { ...pathOf(job), body })));
      if (done) void this.#loadTags();
      return done;
    });
  }

  async addExample(): Promise<void> {
    try {
      this.welcome(await unwrap(api.POST('/example')));
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Throw a solo away, unless somebody thinks better of it in time. */
  remove(job: Job, restored: () => void): void {
    this.#hidden.add(job.id);
    this.#removals.hold(job);
    toasts.show(`Deleted ${quoted(job.title)}.`, {
      forMs: GRACE_MS,
      onexpire: () => this.#removals.finish(job.id),
      action: {
        label: 'Undo',
        run: () => {
          if (this.#removals.undo(job.id) === undefined) return;
          this.#hidden.delete(job.id);
          restored();
        },
      },
    });
  }

  async #remove(job: Job, isLast: boolean): Promise<void> {
    try {
      await unwrap(api.DELETE('/jobs/{job_id}', { ...pathOf(job), keepalive: isLast }));
      this.listing = withoutJob(this.listing, job.id);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      toasts.error(`${quoted(job.title)} is still here: ${sentenceOf(error)}`);
    } finally {
      this.#hidden.delete(job.id);
    }
    void this.#loadTags();
  }

  async #act(asked: Promise<Job>): Promise<boolean> {
    try {
      this.apply(await asked);
      return true;
    } catch (error) {
      toasts.error(sentenceOf(error));
      void this.load();
      return false;
    }
  }

  async #page(limit: number, cursor?: string): Promise<Listing> {
    const { words, tag, sort } = this.query;
    const query = { q: words.trim(), tag: tag ?? undefined, sort, limit, cursor };
    return await unwrap(api.GET('/jobs', { params: { query } }));
  }

  async #loadInstruments(): Promise<void> {
    if (this.instruments.length > 0) return;
    // Without them the list still is of use; the stream's return asks again.
    const found = await unwrap(api.GET('/instruments')).catch(() => []);
    this.instruments = ordered(found);
  }

  async #loadTags(): Promise<void> {
    const found = await unwrap(api.GET('/tags')).catch(() => null);
    if (found !== null) this.tags = found.items.map((one) => one.tag);
  }
}

function pathOf(job: Job) {
  return { params: { path: { job_id: job.id } } };
}

export const library = new Library();
