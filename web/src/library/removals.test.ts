import { beforeEach, describe, expect, test } from 'vitest';
import { Removals } from './removals';

describe('removals', () => {
  let gone: [string, boolean][];
  let removals: Removals<{ id: string }>;

  beforeEach(() => {
    gone = [];
    removals = new Removals((item, isLast) => gone.push([item.id, isLast]));
  });

  test('an item goes when its time is over, once, and not before', () => {
    removals.hold({ id: 'a' });
    expect([gone, removals.has('a')]).toEqual([[], true]);
    removals.finish('a');
    removals.finish('a');
    expect([gone, removals.has('a')]).toEqual([[['a', false]], false]);
    expect(removals.undo('a')).toBeUndefined();
  });

  test('what is taken back stays', () => {
    const item = { id: 'a' };
    removals.hold(item);
    removals.hold({ id: 'b' });
    expect(removals.undo('a')).toBe(item);
    for (const id of ['a', 'b']) removals.finish(id);
    expect(gone).toEqual([['b', false]]);
  });

  test('what is held goes at once, and once, when the page goes', () => {
    removals.hold({ id: 'a' });
    removals.flush();
    removals.finish('a');
    expect(gone).toEqual([['a', true]]);
  });
});
