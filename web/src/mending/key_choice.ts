/** The keys that can be chosen, as players write them: `Bb:major`. */

const MAJOR = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];
const MINOR = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'G#', 'A', 'Bb', 'B'];

export const KEYS: readonly { mode: string; keys: readonly string[] }[] = [
  { mode: 'major', keys: MAJOR.map((one) => `${one}:major`) },
  { mode: 'minor', keys: MINOR.map((one) => `${one}:minor`) },
  { mode: 'blues', keys: MAJOR.map((one) => `${one}:blues`) },
];

/** The keys with that of the solo among them, which may be spelled otherwise. */
export function keysWith(key: string | null): typeof KEYS {
  if (key === null || KEYS.some((one) => one.keys.includes(key))) return KEYS;
  return KEYS.map((one) =>
    key.endsWith(`:${one.mode}`) ? { ...one, keys: [...one.keys, key] } : one,
  );
}
