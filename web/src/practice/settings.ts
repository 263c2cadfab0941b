/** How a ladder is climbed: what a musician may set, what is there at first, what the browser kept. */
import { METRONOMES } from '../player/keys';
import type { Metronome } from '../player/player';

export type KeyOrder = 'this key' | 'fourths' | 'semitones' | 'random';

export interface LadderSettings {
  /** Per cent of the tempo of the recording. */
  startPercent: number;
  targetPercent: number;
  stepPercent: number;
  /** Passes at one tempo before it rises. */
  nPasses: number;
  order: KeyOrder;
  /** 1 to 12; of one key alone the order says so. */
  nKeys: number;
  /** Whether a bar is counted whenever tempo or key change. */
  countsIn: boolean;
  metronome: Metronome;
  /** Whether the loop lasts whole bars, so that the pulse goes on over its seam. */
  keepsPulse: boolean;
  /** Whether only passes count that the player calls clean. */
  isRated: boolean;
}

export const KEY_ORDERS: KeyOrder[] = ['this key', 'fourths', 'semitones', 'random'];

export const DEFAULTS: LadderSettings = {
  startPercent: 60,
  targetPercent: 100,
  stepPercent: 5,
  nPasses: 3,
  order: 'this key',
  nKeys: 12,
  countsIn: false,
  metronome: 'off',
  keepsPulse: true,
  isRated: false,
};

/** What may be set, inclusive; tempo as the player can. */
export const LIMITS = {
  startPercent: [40, 120],
  targetPercent: [40, 120],
  stepPercent: [1, 20],
  nPasses: [1, 12],
  nKeys: [1, 12],
} as const;

export interface Preset {
  name: string;
  change: Partial<LadderSettings>;
}

/** One tap instead of five fields; what they do not say stays as it is. */
export const PRESETS: Preset[] = [
  {
    name: 'Slow start',
    change: { startPercent: 50, targetPercent: 100, stepPercent: 5, nPasses: 3, order: 'this key' },
  },
  {
    name: 'One key to tempo',
    change: {
      startPercent: 70,
      targetPercent: 100,
      stepPercent: 10,
      nPasses: 2,
      order: 'this key',
    },
  },
  {
    name: 'Twelve keys at 80 %',
    change: { startPercent: 80, targetPercent: 80, nPasses: 2, order: 'fourths', nKeys: 12 },
  },
];

const KEY = 'licklab.practice.ladder';

/** Whether some settings are those of a preset. */
export function isPreset(settings: LadderSettings, preset: Preset): boolean {
  const names = Object.keys(preset.change) as (keyof LadderSettings)[];
  return names.every((name) => settings[name] === preset.change[name]);
}

/** Bring every number within its limits; the target is never below the start. */
export function sensible(settings: LadderSettings): LadderSettings {
  const within = { ...settings };
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const [least, most] = LIMITS[name];
    const value = Number.isFinite(settings[name]) ? settings[name] : DEFAULTS[name];
    within[name] = Math.round(Math.min(most, Math.max(least, value)));
  }
  within.targetPercent = Math.max(within.startPercent, within.targetPercent);
  return within;
}

/** Read what was kept; what is not of the right kind is as if it had never been said. */
export function readSettings(text: string | null): LadderSettings {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // Somebody else's text.
  }
  if (typeof kept !== 'object' || kept === null) return { ...DEFAULTS };
  const found = kept as Record<string, unknown>;
  const settings = { ...DEFAULTS };
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const value = found[name];
    if (typeof value === 'number') settings[name] = value;
  }
  for (const name of ['countsIn', 'keepsPulse', 'isRated'] as const) {
    const value = found[name];
    if (typeof value === 'boolean') settings[name] = value;
  }
  settings.order = KEY_ORDERS.find((one) => one === found.order) ?? settings.order;
  settings.metronome = METRONOMES.find((one) => one === found.metronome) ?? settings.metronome;
  return sensible(settings);
}

export function loadSettings(): LadderSettings {
  return readSettings(localStorage.getItem(KEY));
}

export function keepSettings(settings: LadderSettings): void {
  localStorage.setItem(KEY, JSON.stringify(settings));
}
