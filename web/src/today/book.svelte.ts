/** Practice as its page shows it: today's list, the schedule, progress, what was played last. */
import { api, sentenceOf, unwrap } from '../api/client';
import type { Instrument } from '../api/types';
import { ordered } from '../library/instruments';
import { toasts } from '../ui/toasts.svelte';
import type {
  KeyOrder,
  LickProgress,
  PractisedLick,
  Progress,
  Session,
  Settings,
  Task,
  Today,
} from './types';
import { keyText } from './words';

/** Licks of progress, and sessions, that are asked for at a time. */
const PAGE = 20;
const LATEST = 12;

/** Where the player is: days begin there. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether something of a lick is in the log. */
export function wasPlayed(one: LickProgress): boolean {
  return one.rows.some((row) => row.sessions > 0);
}

export class PracticeBook {
  today = $state.raw<Today | null>(null);
  progress = $state.raw<Progress | null>(null);
  sessions = $state.raw<Session[]>([]);
  settings = $state.raw<Settings | null>(null);
  instruments = $state.raw<Instrument[]>([]);
  /** Why it cannot be shown, as a sentence; empty while all is well. */
  problem = $state('');
  readonly licks: readonly LickProgress[] = $derived(this.progress?.licks ?? []);
  /** Whether nothing is planned, and nothing was ever played. */
  readonly isEmpty: boolean = $derived.by(
    () =>
      this.progress !== null &&
      this.progress.next === null &&
      !this.licks.some((one) => one.lick.is_scheduled || wasPlayed(one)),
  );
  /** Instrument of each solo whose licks are on the list, for who has not said what they play. */
  #heard = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #zone = zoneHere();

  /** Get all of it; what is shown stays until the new is there. */
  async load(): Promise<void> {
    const query = { tz: this.#zone };
    try {
      const [today, progress, latest, settings] = await Promise.all([
        unwrap(api.GET('/practice/today', { params: { query } })),
        unwrap(
          api.GET('/practice/progress', {
            // As many as are shown: whoever has looked further goes on from there.
            params: {
              query: { ...query, limit: Math.min(200, Math.max(PAGE, this.licks.length)) },
            },
          }),
        ),
        unwrap(api.GET('/practice/sessions', { params: { query: { limit: LATEST } } })),
        unwrap(api.GET('/practice/settings')),
      ]);
      this.today = today;
      this.progress = progress;
      this.sessions = latest.items;
      this.settings = settings;
      this.problem = '';
      void this.#loadInstruments(today);
    } catch (error) {
      if (this.today === null) this.problem = sentenceOf(error);
      else toasts.error(sentenceOf(error));
    }
  }

  /** Get the next licks of progress. */
  async more(): Promise<void> {
    const before = this.progress;
    if (before === null || before.next === null) return;
    await this.#change(async () => {
      const query = { tz: this.#zone, cursor: before.next, limit: PAGE };
      const page = await unwrap(api.GET('/practice/progress', { params: { query } }));
      this.progress = { ...page, licks: [...before.licks, ...page.licks] };
    });
  }

  /** How much higher the player reads than it sounds, for a lick of some solo, semitones. */
  transpositionOf(part: string | null, lick: PractisedLick): number {
    const instrument = part ?? this.#heard.get(lick.job_id ?? '') ?? null;
    const found = this.instruments.find((one) => one.id === instrument);
    return found?.transposition_semitones ?? 0;
  }

  /** Log that a key of the list was played; it can be taken back. */
  async played(task: Task, tempoBpm: number, isClean: boolean): Promise<boolean> {
    const body = {
      lick_id: task.lick.id,
      key: task.key,
      tempo_bpm: tempoBpm,
      is_clean: isClean,
      time_zone: this.#zone,
    };
    return this.#change(async () => {
      const made = await unwrap(api.POST('/practice/sessions', { body }));
      await this.load();
      const how = isClean ? 'clean' : 'not clean';
      const what = `${task.lick.name} in ${keyText(task.key)}, ♩ = ${Math.round(tempoBpm)}, ${how}`;
      toasts.show(`Logged: ${what}.`, {
        action: { label: 'Undo', run: () => void this.#forget(made.id) },
      });
    });
  }

  /** Take a session out of the log; it can be put back as it was. */
  async remove(session: Session): Promise<void> {
    if (!(await this.#forget(session.id))) return;
    const { lick_name: name, key } = session;
    toasts.show(`${name} in ${keyText(key)} is out of the log.`, {
      action: { label: 'Undo', run: () => void this.#putBack(session) },
    });
  }

  /** Take a lick off the schedule; its sessions stay, and it can be put back. */
  async takeOff(lick: PractisedLick): Promise<void> {
    const path = { params: { path: { lick_id: lick.id } } };
    const isDone = await this.#change(async () => {
      await unwrap(api.DELETE('/practice/licks/{lick_id}', path));
      await this.load();
    });
    if (!isDone) return;
    toasts.show(`${lick.name} is off the schedule; what you played stays in the log.`, {
      action: { label: 'Undo', run: () => void this.plan(lick.id, { keys: lick.keys }) },
    });
  }

  /** Put a lick on the schedule, or change how it is learned. */
  async plan(
    lickId: string,
    wish: { keys?: string[]; order?: KeyOrder; n_keys?: number; target_bpm?: number },
  ): Promise<boolean> {
    return this.#change(async () => {
      await unwrap(api.POST('/practice/licks', { body: { lick_id: lickId, ...wish } }));
      await this.load();
    });
  }

  async change(settings: Partial<Settings>): Promise<void> {
    await this.#change(async () => {
      await unwrap(api.PATCH('/practice/settings', { body: settings }));
      await this.load();
    });
  }

  async #forget(id: string): Promise<boolean> {
    const path = { params: { path: { session_id: id } } };
    return this.#change(async () => {
      await unwrap(api.DELETE('/practice/sessions/{session_id}', path));
      await this.load();
    });
  }

  async #putBack(session: Session): Promise<void> {
    const { id, lick_id, key, tempo_bpm, is_clean, accuracy, passes, duration_sec } = session;
    const { source, played_at, time_zone } = session;
    const body = { id, lick_id, key, tempo_bpm, is_clean, accuracy, passes, duration_sec };
    await this.#change(async () => {
      await unwrap(
        api.POST('/practice/sessions', { body: { ...body, source, played_at, time_zone } }),
      );
      await this.load();
    });
  }

  /** @returns whether it was done; if not, that is told */
  async #change(ask: () => Promise<void>): Promise<boolean> {
    try {
      await ask();
      return true;
    } catch (error) {
      toasts.error(sentenceOf(error));
      return false;
    }
  }

  /** Without them keys are shown as they sound. */
  async #loadInstruments(today: Today): Promise<void> {
    if (this.instruments.length === 0) {
      this.instruments = ordered(await unwrap(api.GET('/instruments')).catch(() => []));
    }
    const jobIds = today.items.flatMap(({ lick }) =>
      lick.is_there && lick.job_id !== null && !this.#heard.has(lick.job_id) ? [lick.job_id] : [],
    );
    const jobs = await Promise.all(
      [...new Set(jobIds)].map((id) =>
        unwrap(api.GET('/jobs/{job_id}', { params: { path: { job_id: id } } })).catch(() => null),
      ),
    );
    const found = jobs.flatMap((job) => (job === null ? [] : [[job.id, job.instrument] as const]));
    if (found.length > 0) this.#heard = new Map([...this.#heard, ...found]);
  }
}
