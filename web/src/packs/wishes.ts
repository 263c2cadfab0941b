/** What is wanted in a practice pack; kept by the browser. */
import type { PackOrder } from '../api/types';

export type Order = NonNullable<PackOrder['order']>;

export interface PackSettings {
  order: Order;
  /** Per cent of the recording's tempo, rising. */
  speeds: number[];
  audio: boolean;
  exercises: boolean;
  paper: 'a4' | 'letter';
}

export const ORDERS: { id: Order; name: string }[] = [
  { id: 'fourths', name: 'Round the fourths' },
  { id: 'semitones', name: 'Up by semitones' },
  { id: 'whole_tones', name: 'By whole tones' },
  { id: 'random', name: 'Random, each once' },
];
/** To choose from; the service makes from one to four. */
export const SPEEDS = [50, 60, 70, 80, 90, 100];
export const MOST_SPEEDS = 4;
/** In one pack, the open one counted. */
export const MOST_LICKS = 12;

export const USUAL: PackSettings = {
  order: 'fourths',
  speeds: [60, 80, 100],
  audio: true,
  exercises: true,
  paper: 'a4',
};

const KEY = 'licklab.packs';

/** Read what was kept; what is not of the right kind is as usual. */
export function readSettings(text: string | null): PackSettings {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // Somebody else's text.
  }
  if (typeof kept !== 'object' || kept === null) return USUAL;
  const { order, speeds, audio, exercises, paper } = kept as Record<string, unknown>;
  const chosen = Array.isArray(speeds) ? SPEEDS.filter((one) => speeds.includes(one)) : [];
  return {
    order: ORDERS.find((one) => one.id === order)?.id ?? USUAL.order,
    speeds: chosen.length > 0 ? chosen.slice(0, MOST_SPEEDS) : USUAL.speeds,
    audio: typeof audio === 'boolean' ? audio : USUAL.audio,
    exercises: typeof exercises === 'boolean' ? exercises : USUAL.exercises,
    paper: paper === 'letter' ? 'letter' : 'a4',
  };
}

export function keptSettings(): PackSettings {
  return readSettings(localStorage.getItem(KEY));
}

export function keepSettings(settings: PackSettings): void {
  localStorage.setItem(KEY, JSON.stringify(settings));
}

/** Take a speed in, or leave it out; one stays, and no more than four are. */
export function toggled(speeds: readonly number[], speed: number): number[] {
  const others = speeds.filter((one) => one !== speed);
  if (others.length < speeds.length) return others.length > 0 ? others : [...speeds];
  if (speeds.length >= MOST_SPEEDS) return [...speeds];
  return [...speeds, speed].sort((one, other) => one - other);
}

/** Write an order for the service. */
export function orderOf(
  settings: PackSettings,
  instrument: string,
  moreLickIds: readonly string[],
): PackOrder {
  const { order, speeds, audio, exercises, paper } = settings;
  return {
    instrument,
    order,
    speeds_percent: speeds,
    audio,
    exercises,
    paper,
    more_lick_ids: [...moreLickIds],
  };
}
