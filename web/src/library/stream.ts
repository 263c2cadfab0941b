/** Server-sent events that come back after the service was away or the tab was hidden. */
import type { Job } from '../api/types';

/** Of a tab that nobody looks at, after which it lets go of its connection, milliseconds. */
const HIDDEN_MS = 60_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;

export interface StreamHandlers {
  job: (job: Job) => void;
  deleted: (id: string) => void;
  /** The stream is there, for the first time or again: what was missed is to be asked for. */
  opened: () => void;
  lost: () => void;
}

/** How long to wait before the next try, after so many that failed, milliseconds. */
export function delayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1));
}

/**
 * Follow a stream of jobs for as long as it is wanted.
 *
 * @returns ends it
 */
export function followJobs(url: string, handlers: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let retryTimer: number | undefined;
  let hiddenTimer: number | undefined;

  function open(): void {
    window.clearTimeout(retryTimer);
    source?.close();
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      handlers.opened();
    };
    source.onerror = () => {
      // The browser's own tries differ and give up on an error page: ours do not.
      close();
      failures += 1;
      handlers.lost();
      retryTimer = window.setTimeout(open, delayMs(failures));
    };
    source.addEventListener('job', (event) => handlers.job(JSON.parse(event.data) as Job));
    source.addEventListener('deleted', (event) =>
      handlers.deleted((JSON.parse(event.data) as { id: string }).id),
    );
  }

  function close(): void {
    window.clearTimeout(retryTimer);
    source?.close();
    source = null;
  }

  function seen(): void {
    window.clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = window.setTimeout(close, HIDDEN_MS);
    else if (source === null) open();
  }

  document.addEventListener('visibilitychange', seen);
  open();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    window.clearTimeout(hiddenTimer);
    close();
  };
}
