import { expect, test } from 'vitest';
import { delayMs } from './stream';

test('tries come quickly at first and never stop', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(delayMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
});
