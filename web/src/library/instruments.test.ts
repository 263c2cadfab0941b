import { describe, expect, test } from 'vitest';
import type { Instrument } from '../api/types';
import { found, nameOf, ordered } from './instruments';

function instrument(id: string, name: string, ...aliases: string[]): Instrument {
  return {
    id,
    name,
    aliases,
    clef: 'treble',
    texture: 'line',
    lowest_midi: 44,
    highest_midi: 86,
    transposition_semitones: 14,
  };
}

const known = [
  instrument('other', 'Other', 'auto', 'unknown'),
  instrument('kazoo', 'Kazoo'),
  instrument('bass', 'Bass', 'b', 'double bass'),
  instrument('alto_sax', 'Alto saxophone', 'alto', 'as'),
  instrument('tenor_sax', 'Tenor saxophone', 'tenor', 'ts', 'sax'),
];
const ids = (some: Instrument[]) => some.map((one) => one.id);

describe('instruments', () => {
  test('what is played most comes first, the unknown late, other last', () => {
    expect(ids(ordered(known))).toEqual(['tenor_sax', 'alto_sax', 'bass', 'kazoo', 'other']);
  });

  test('an alias finds its instrument before those whose words begin so', () => {
    expect(ids(found(ordered(known), 'SAX '))).toEqual(['tenor_sax', 'alto_sax']);
    expect(ids(found(ordered(known), 'b'))).toEqual(['bass']);
    expect(ids(found(ordered(known), 'double'))).toEqual(['bass']);
    expect(ids(found(ordered(known), 'not sure'))).toEqual(['other']);
    expect(found(known, 'ocarina')).toEqual([]);
    expect(found(known, ' ')).toHaveLength(known.length);
  });

  test('an instrument that is not known is called by its id', () => {
    expect(nameOf(known, 'bass')).toBe('Bass');
    expect(nameOf(known, 'slide_whistle')).toBe('slide whistle');
  });
});
