import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GRACE_MS, Removals } from './removals';

describe('removals', () => {
  let gone: [string, boolean][];
  let removals: Removals<{ id: string }>;

  beforeEach(() => {
    vi.useFakeTimers();
    gone = [];
    removals = new Removals((item, isLast) => gone.push([item.id, isLast]));
  });
  afterEach(() => vi.useRealTimers());

  test('an item goes when its time is over, and not before', () => {
    removals.hold({ id: 'a' });
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect([gone, removals.has('a')]).toEqual([[], true]);
    vi.advanceTimersByTime(1);
    expect([gone, removals.has('a')]).toEqual([[['a', false]], false]);
    expect(removals.undo('a')).toBeUndefined();
  });

  test('what is taken back stays', () => {
    const item = { id: 'a' };
    removals.hold(item);
    removals.hold({ id: 'b' });
    expect(removals.undo('a')).toBe(item);
    vi.advanceTimersByTime(2 * GRACE_MS);
    expect(gone).toEqual([['b', false]]);
  });

  test('what is held goes at once, and once, when the page goes', () => {
    removals.hold({ id: 'a' });
    removals.flush();
    vi.advanceTimersByTime(2 * GRACE_MS);
    expect(gone).toEqual([['a', true]]);
  });

  test('the time does not begin anew for what is held already', () => {
    removals.hold({ id: 'a' });
    vi.advanceTimersByTime(GRACE_MS / 2);
    removals.hold({ id: 'a' });
    vi.advanceTimersByTime(GRACE_MS / 2);
    expect(gone).toEqual([['a', false]]);
  });
});
