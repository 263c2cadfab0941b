/** Short messages at the foot of the page, some with one thing to do. */

export interface Toast {
  id: number;
  text: string;
  kind: 'note' | 'error';
  action?: { label: string; run: () => void };
  /** Called when it goes and its action was not wanted. */
  onexpire?: () => void;
}

const SHOWN_MS = 6000;

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;
  readonly #timers = new Map<number, { timer: number; forMs: number }>();

  /** Show a message for some seconds; gives what takes it away earlier. */
  show(
    text: string,
    options: Partial<Pick<Toast, 'kind' | 'action' | 'onexpire'>> & { forMs?: number } = {},
  ): () => void {
    const { kind = 'note', action, onexpire, forMs = SHOWN_MS } = options;
    const id = this.#next++;
    this.items.push({ id, text, kind, action, onexpire });
    this.#timers.set(id, { timer: this.#start(id, forMs), forMs });
    return () => this.dismiss(id);
  }

  error(text: string): void {
    this.show(text, { kind: 'error', forMs: 2 * SHOWN_MS });
  }

  dismiss(id: number): void {
    const toast = this.#take(id);
    toast?.onexpire?.();
  }

  /** Do what it offers. */
  act(id: number): void {
    const toast = this.#take(id);
    toast?.action?.run();
  }

  /** Let it stay while somebody is at it. */
  hold(id: number): void {
    window.clearTimeout(this.#timers.get(id)?.timer);
  }

  /** Let it go on; its time begins anew. */
  release(id: number): void {
    const held = this.#timers.get(id);
    if (held === undefined) return;
    window.clearTimeout(held.timer);
    held.timer = this.#start(id, held.forMs);
  }

  #start(id: number, forMs: number): number {
    return window.setTimeout(() => this.dismiss(id), forMs);
  }

  #take(id: number): Toast | undefined {
    const toast = this.items.find((one) => one.id === id);
    this.hold(id);
    this.#timers.delete(id);
    this.items = this.items.filter((one) => one.id !== id);
    return toast;
  }
}

export const toasts = new Toasts();
