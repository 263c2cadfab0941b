import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TRIM_AFTER_MS, TrimQueue } from './trim_queue';

let sent: string[];
let queue: TrimQueue;
const ask = (lickId: string, what: string) => queue.ask(lickId, () => sent.push(what));

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  queue = new TrimQueue();
});
afterEach(() => {
  vi.useRealTimers();
});

test('of several steps the last is sent, once no other has followed', () => {
  ask('a', 'one note');
  vi.advanceTimersByTime(TRIM_AFTER_MS - 1);
  ask('a', 'two notes');
  vi.advanceTimersByTime(TRIM_AFTER_MS - 1);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual(['two notes']);
});

test('what another lick waits with is sent first, and once', () => {
  ask('a', 'of a');
  ask('b', 'of b');
  expect(sent).toEqual(['of a']);
  vi.advanceTimersByTime(2 * TRIM_AFTER_MS);
  expect(sent).toEqual(['of a', 'of b']);
});
