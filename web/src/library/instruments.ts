/** The instruments a musician may have followed: in which order, and found by what they type. */
import type { Instrument } from '../api/types';

/** By how many recorded solos there are of each, roughly; `other` is last. */
const ORDER = [
  'tenor_sax',
  'trumpet',
  'alto_sax',
  'guitar',
  'piano',
  'trombone',
  'soprano_sax',
  'bass',
  'vibraphone',
  'clarinet',
  'baritone_sax',
  'voice',
  'flute',
  'flugelhorn',
  'cornet',
  'violin',
  'bass_clarinet',
];
export const OTHER = 'other';

function rankOf(id: string): number {
  if (id === OTHER) return ORDER.length + 1;
  const at = ORDER.indexOf(id);
  return at < 0 ? ORDER.length : at;
}

/** Put what jazz people play most first. */
export function ordered(instruments: readonly Instrument[]): Instrument[] {
  return [...instruments].sort((a, b) => rankOf(a.id) - rankOf(b.id));
}

/** Name an instrument as the page does. */
export function nameOf(instruments: readonly Instrument[], id: string): string {
  if (id === OTHER) return 'Other / not sure';
  return instruments.find((one) => one.id === id)?.name ?? id.replaceAll('_', ' ');
}

/**
 * Find instruments by a name, an alias, or the beginning of a word of them.
 *
 * @returns those that are called exactly so first, each part in the order it came
 */
export function found(instruments: readonly Instrument[], typed: string): Instrument[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [...instruments];
  const exact: Instrument[] = [];
  const begun: Instrument[] = [];
  for (const one of instruments) {
    const names = [one.name, nameOf([one], one.id), one.id, ...one.aliases].map((name) =>
      name.toLowerCase(),
    );
    if (names.includes(wanted)) exact.push(one);
    else if (names.some((name) => ` ${name}`.includes(` ${wanted}`))) begun.push(one);
  }
  return [...exact, ...begun];
}
