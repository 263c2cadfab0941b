/** The files on their way in: which goes next, and what has become of each. */
import type { Kind } from './files';

/** `checking`: all bytes are there and the service looks at them. */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'refused' | 'broken';

export interface Upload {
  id: number;
  name: string;
  kind: Kind;
  sizeBytes: number;
  sentBytes: number;
  state: UploadState;
  /** Why it was refused or broke off; else empty. */
  reason: string;
  /** What to do about it. */
  advice: string;
}

export type UploadEvent =
  | { kind: 'start' }
  | { kind: 'sent'; bytes: number }
  | { kind: 'refuse'; reason: string; advice: string }
  | { kind: 'break'; reason: string; advice: string }
  | { kind: 'retry' }
  /** Accepted or cancelled: it leaves the queue. */
  | { kind: 'leave' };

/** More at once would only make each slower. */
export const MOST_AT_ONCE = 2;

const FROM: Record<Exclude<UploadEvent['kind'], 'leave'>, UploadState[]> = {
  start: ['waiting'],
  sent: ['sending'],
  refuse: ['sending', 'checking'],
  break: ['sending', 'checking'],
  retry: ['broken', 'refused'],
};

export function waiting(id: number, file: { name: string; size: number }, kind: Kind): Upload {
  return {
    id,
    name: file.name,
    kind,
    sizeBytes: file.size,
    sentBytes: 0,
    state: 'waiting',
    reason: '',
    advice: '',
  };
}

/** Give the uploads after something happened to one; what cannot happen to it changes nothing. */
export function after(uploads: readonly Upload[], id: number, event: UploadEvent): Upload[] {
  if (event.kind === 'leave') return uploads.filter((one) => one.id !== id);
  const from = FROM[event.kind];
  return uploads.map((one) =>
    one.id === id && from.includes(one.state) ? changed(one, event) : one,
  );
}

function changed(upload: Upload, event: Exclude<UploadEvent, { kind: 'leave' }>): Upload {
  switch (event.kind) {
    case 'start':
      return { ...upload, state: 'sending', sentBytes: 0 };
    case 'sent': {
      // The form around the file counts as sent, too.
      const sentBytes = Math.min(event.bytes, upload.sizeBytes);
      return {
        ...upload,
        sentBytes,
        state: sentBytes >= upload.sizeBytes ? 'checking' : 'sending',
      };
    }
    case 'refuse':
      return { ...upload, state: 'refused', reason: event.reason, advice: event.advice };
    case 'break':
      return { ...upload, state: 'broken', reason: event.reason, advice: event.advice };
    case 'retry':
      return { ...upload, state: 'waiting', sentBytes: 0, reason: '', advice: '' };
  }
}

/** Give those that may start now, in the order in which they came. */
export function startable(uploads: readonly Upload[]): Upload[] {
  const running = uploads.filter((one) => one.state === 'sending' || one.state === 'checking');
  const room = Math.max(0, MOST_AT_ONCE - running.length);
  return uploads.filter((one) => one.state === 'waiting').slice(0, room);
}

/** Whether leaving the page would lose something. */
export function isBusy(uploads: readonly Upload[]): boolean {
  return uploads.some((one) => one.state !== 'refused');
}
