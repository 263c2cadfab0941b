/** For whom the coach speaks; kept by the browser. */
import type { Coach } from '../api/types';

export type Level = Coach['level'];

export const LEVELS: { id: Level; name: string }[] = [
  { id: 'beginner', name: 'Beginner' },
  { id: 'intermediate', name: 'Intermediate' },
  { id: 'advanced', name: 'Advanced' },
];

const KEY = 'licklab.coach.level';
const USUAL: Level = 'intermediate';

/** Read what was kept; anything else is the usual level. */
export function readLevel(text: string | null): Level {
  return LEVELS.find((one) => one.id === text)?.id ?? USUAL;
}

export function keptLevel(): Level {
  return readLevel(localStorage.getItem(KEY));
}

export function keepLevel(level: Level): void {
  localStorage.setItem(KEY, level);
}
