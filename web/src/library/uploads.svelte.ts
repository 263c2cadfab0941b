/** Brings files to the service, two at a time, whichever view is shown meanwhile. */
import { ApiError, sentenceOf } from '../api/client';
import { adviceFor, kindOf } from './files';
import { library } from './library.svelte';
import { after, isBusy, startable, type Upload, type UploadEvent, waiting } from './queue';
import { sendForm } from './send';

/** What is to be heard in the files. */
export interface Listening {
  instrument: string;
  mode: 'auto' | 'line' | 'polyphonic';
  startSec: number | null;
  endSec: number | null;
}

interface Source {
  file: File;
  listening: Listening;
  stop: AbortController;
}

class Uploads {
  items = $state.raw<readonly Upload[]>([]);
  readonly #sources = new Map<number, Source>();
  #nextId = 1;

  constructor() {
    window.addEventListener('beforeunload', (event) => {
      if (isBusy(this.items)) event.preventDefault();
    });
    window.addEventListener('online', () => this.retryBroken());
  }

  add(files: readonly File[], listening: Listening): void {
    const added = files.map((file) => {
      const id = this.#nextId++;
      this.#sources.set(id, { file, listening, stop: new AbortController() });
      return waiting(id, file, kindOf(file.name));
    });
    this.items = [...this.items, ...added];
    this.#pump();
  }

  /** Stop an upload, or take its row away. */
  leave(id: number): void {
    this.#sources.get(id)?.stop.abort();
    this.#sources.delete(id);
    this.#happen(id, { kind: 'leave' });
  }

  retry(id: number): void {
    this.#happen(id, { kind: 'retry' });
  }

  retryBroken(): void {
    for (const one of this.items) if (one.state === 'broken') this.retry(one.id);
  }

  #happen(id: number, event: UploadEvent): void {
    this.items = after(this.items, id, event);
    this.#pump();
  }

  #pump(): void {
    for (const one of startable(this.items)) {
      this.items = after(this.items, one.id, { kind: 'start' });
      void this.#send(one);
    }
  }

  async #send(upload: Upload): Promise<void> {
    const source = this.#sources.get(upload.id);
    if (source === undefined) return;
    const url = upload.kind === 'score' ? '/imports' : '/jobs';
    const sent = (bytes: number) => this.#happen(upload.id, { kind: 'sent', bytes });
    try {
      const job = await sendForm(url, formOf(upload, source), sent, source.stop.signal);
      this.#sources.delete(upload.id);
      this.#happen(upload.id, { kind: 'leave' });
      library.welcome(job);
    } catch (error) {
      this.#happen(upload.id, refusalOf(error, upload));
    }
  }
}

function formOf(upload: Upload, { file, listening }: Source): FormData {
  const form = new FormData();
  form.append('instrument', listening.instrument);
  if (upload.kind === 'recording') {
    form.append('mode', listening.mode);
    if (listening.startSec !== null) form.append('start_sec', String(listening.startSec));
    if (listening.endSec !== null) form.append('end_sec', String(listening.endSec));
  }
  form.append(upload.kind === 'score' ? 'score' : 'audio', file, file.name);
  return form;
}

/** Tell a file that is not taken from a service that is away or has no room just now. */
function refusalOf(error: unknown, upload: Upload): UploadEvent {
  const reason = sentenceOf(error);
  const status = error instanceof ApiError ? error.status : 0;
  const kind = status > 0 && status < 500 ? 'refuse' : 'break';
  return { kind, reason, advice: adviceFor(status, upload.kind) };
}

export const uploads = new Uploads();
