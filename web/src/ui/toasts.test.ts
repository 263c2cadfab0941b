import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toasts } from './toasts.svelte';

let did: string[];

function show(): number {
  toasts.show('Deleted.', {
    forMs: 8000,
    action: { label: 'Undo', run: () => did.push('undone') },
    onexpire: () => did.push('gone'),
  });
  return toasts.items.at(-1)?.id ?? 0;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  did = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('goes when its time is over, and tells who waits for that', () => {
  show();
  vi.advanceTimersByTime(7999);
  expect([toasts.items.length, did]).toEqual([1, []]);
  vi.advanceTimersByTime(1);
  expect([toasts.items.length, did]).toEqual([0, ['gone']]);
});

it('stays while somebody is at it, and its time begins anew after that', () => {
  const id = show();
  vi.advanceTimersByTime(7000);
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(toasts.items).toHaveLength(1);
  toasts.release(id);
  vi.advanceTimersByTime(7999);
  expect(did).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(did).toEqual(['gone']);
});

it('does what it offers, or else what comes at its end, and once', () => {
  const id = show();
  toasts.act(id);
  toasts.release(id);
  vi.advanceTimersByTime(60_000);
  expect(did).toEqual(['undone']);
  toasts.dismiss(show());
  vi.advanceTimersByTime(60_000);
  expect(did).toEqual(['undone', 'gone']);
});
