/** The practice packs of a lick: ordered, followed until they are made, thrown away. */
import { api, sentenceOf, unwrap } from '../api/client';
import { followUntil } from '../api/polling';
import type { Pack, PackOrder } from '../api/types';
import { Undoable } from '../ui/undoable';

export function isDone(pack: Pick<Pack, 'status'>): boolean {
  return pack.status === 'READY' || pack.status === 'FAILED';
}

export class PackShelf {
  items = $state.raw<Pack[] | null>(null);
  problem = $state('');
  isOrdering = $state(false);
  /** Said to those who do not see it. */
  said = $state('');
  #unfollow: () => void = () => undefined;
  #isClosed = false;
  readonly #gone: Undoable<Pack>;

  constructor(private readonly lickId: string) {
    this.#gone = new Undoable<Pack>(
      (pack, isLast) =>
        unwrap(
          api.DELETE('/licks/{lick_id}/practice-packs/{pack_id}', {
            params: { path: { lick_id: lickId, pack_id: pack.id } },
            keepalive: isLast,
          }),
        ),
      () => void this.load(),
    );
  }

  async load(): Promise<void> {
    try {
      this.#show(await this.#ask());
      this.problem = '';
    } catch (error) {
      this.problem = sentenceOf(error);
      return;
    }
    this.#follow();
  }

  /** Order a pack; gives whether that went well. */
  async order(body: PackOrder): Promise<boolean> {
    this.isOrdering = true;
    try {
      const path = { params: { path: { lick_id: this.lickId } } };
      const made = await unwrap(api.POST('/licks/{lick_id}/practice-packs', { ...path, body }));
      this.#show([made, ...(this.items ?? [])]);
      this.said = 'The pack is ordered.';
      this.problem = '';
      this.#follow();
      return true;
    } catch (error) {
      this.problem = sentenceOf(error);
      return false;
    } finally {
      this.isOrdering = false;
    }
  }

  throwAway(pack: Pack): void {
    this.#gone.throwAway(pack, 'The practice pack is thrown away.');
    this.#show(this.items ?? []);
  }

  /** Throw away for good what still could come back: the page goes. */
  flush(): void {
    this.#gone.flush();
  }

  close(): void {
    this.#isClosed = true;
    this.#unfollow();
    this.flush();
  }

  async #ask(signal?: AbortSignal): Promise<Pack[]> {
    const params = { path: { lick_id: this.lickId } };
    return (await unwrap(api.GET('/licks/{lick_id}/practice-packs', { params, signal }))).items;
  }

  #follow(): void {
    this.#unfollow();
    if (this.#isClosed || this.items?.every(isDone) !== false) return;
    this.#unfollow = followUntil(
      (signal) => this.#ask(signal),
      (items) => items.filter((one) => !this.#gone.has(one.id)).every(isDone),
      (items) => this.#show(items),
    );
  }

  #show(items: readonly Pack[]): void {
    const waited = new Set(this.items?.filter((one) => !isDone(one)).map((one) => one.id));
    this.items = items.filter((one) => !this.#gone.has(one.id));
    if (this.items.some((one) => one.status === 'READY' && waited.has(one.id))) {
      this.said = 'The practice pack is ready.';
    }
  }
}
