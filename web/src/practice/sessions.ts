/** What was practised in this browser: the last ladders of each lick. */

export interface Session {
  /** When it ended, milliseconds since 1970. */
  at: number;
  /** Semitones from the recording, in the order they were played. */
  keys: number[];
  /** Per cent of the tempo that was reached in each of them; 0 for none. */
  reached: number[];
  targetPercent: number;
}

const KEY = 'licklab.practice.sessions.';
const KEPT = 50;

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const { at, keys, reached, targetPercent } = value as Record<string, unknown>;
  if (typeof at !== 'number' || typeof targetPercent !== 'number') return false;
  return isNumbers(keys) && isNumbers(reached) && keys.length === reached.length;
}

/** Read what was kept, oldest first; what is no session is left out. */
export function readSessions(text: string | null): Session[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSession).slice(-KEPT) : [];
  } catch {
    return [];
  }
}

export function sessionsOf(lickId: string): Session[] {
  return readSessions(localStorage.getItem(KEY + lickId));
}

/**
 * Keep a session.
 *
 * @returns whether the browser had room
 */
export function keepSession(lickId: string, session: Session): boolean {
  const sessions = [...sessionsOf(lickId), session].slice(-KEPT);
  try {
    localStorage.setItem(KEY + lickId, JSON.stringify(sessions));
    return true;
  } catch {
    return false;
  }
}

/** The highest tempo that was ever reached in each key, by semitones. */
export function bestOf(sessions: readonly Session[]): Map<number, number> {
  const best = new Map<number, number>();
  for (const { keys, reached } of sessions) {
    keys.forEach((key, at) => {
      const percent = reached[at] ?? 0;
      if (percent > (best.get(key) ?? 0)) best.set(key, percent);
    });
  }
  return best;
}
