import { describe, expect, it } from 'vitest';
import type { Lick } from '../api/types';
import { arranged, neighbour } from './order';

function lick(id: string, onset: number, lickness: number, origin: Lick['origin'] = 'found') {
  return { id, onset_sec: onset, lickness, origin } as Lick;
}

const licks = [lick('a', 9, 0.9), lick('b', 1, 0.8, 'chosen'), lick('c', 5, 0.95)];
const idsOf = (found: Lick[]) => found.map((one) => one.id).join('');

describe('licks are listed', () => {
  it('the best first', () => expect(idsOf(arranged(licks, 'best', 'all'))).toBe('cab'));
  it('as they are played', () => expect(idsOf(arranged(licks, 'place', 'all'))).toBe('bca'));
  it('of one origin', () => expect(idsOf(arranged(licks, 'best', 'chosen'))).toBe('b'));
});

describe('the next lick', () => {
  it('is the one after, and the first after the last', () => {
    expect(neighbour(licks, 'a', 1)?.id).toBe('b');
    expect(neighbour(licks, 'c', 1)?.id).toBe('a');
    expect(neighbour(licks, 'a', -1)?.id).toBe('c');
  });
  it('of none is the first one, the one before is the last one', () => {
    expect(neighbour(licks, null, 1)?.id).toBe('a');
    expect(neighbour(licks, null, -1)?.id).toBe('c');
    expect(neighbour([], null, 1)).toBeNull();
  });
});
