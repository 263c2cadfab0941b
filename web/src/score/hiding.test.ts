import { expect, test } from 'vitest';
import { Hiding } from './hiding.svelte';

const bars = [1, 2, 3].map((number) => ({ number, offset_sec: number * 2 }));

test('nothing is hidden until somebody asks for it', () => {
  const hiding = new Hiding(
    () => false,
    () => bars,
  );
  expect(hiding.nHidden).toBe(0);
});

test('the bar that sounds is uncovered first, then the next one, then those before', () => {
  const hiding = new Hiding(
    () => true,
    () => bars,
  );
  expect([1, 2, 3, 4].map(() => hiding.revealNext(2.5))).toEqual([2, 3, 1, null]);
  expect(hiding.nHidden).toBe(0);
});

test('all is shown and hidden at once', () => {
  const hiding = new Hiding(
    () => true,
    () => bars,
  );
  hiding.revealAll();
  expect(hiding.isHidden(2)).toBe(false);
  hiding.hideAll();
  expect(hiding.nHidden).toBe(3);
});
