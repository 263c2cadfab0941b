/** Short messages at the foot of the page, some with one thing to do. */

export interface Toast {
  id: number;
  text: string;
  kind: 'note' | 'error';
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 6000;

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  /** Show a message for some seconds; gives what takes it away earlier. */
  show(
    text: string,
    options: Partial<Pick<Toast, 'kind' | 'action'>> & { forMs?: number } = {},
  ): () => void {
    const toast: Toast = {
      id: this.#next++,
      text,
      kind: options.kind ?? 'note',
      action: options.action,
    };
    this.items.push(toast);
    const dismiss = () => this.dismiss(toast.id);
    window.setTimeout(dismiss, options.forMs ?? SHOWN_MS);
    return dismiss;
  }

  error(text: string): void {
    this.show(text, { kind: 'error', forMs: 2 * SHOWN_MS });
  }

  dismiss(id: number): void {
    this.items = this.items.filter((one) => one.id !== id);
  }
}

export const toasts = new Toasts();
