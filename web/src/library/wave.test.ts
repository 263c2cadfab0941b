import { expect, test } from 'vitest';
import { wavePath } from './wave';

test('the outline fills its box, however quiet the recording is', () => {
  const pairs = new Int8Array([-10, 10, 0, 0, -5, 20, 0, 0]);
  expect(wavePath({ pairs, perSec: 1 }, 2)).toBe('M0.5 0.50L1.5 0.00L1.5 1.25L0.5 1.50Z');
});

test('silence is a line', () => {
  expect(wavePath({ pairs: new Int8Array(8), perSec: 100 }, 2)).toBe(
    'M0.5 1.00L1.5 1.00L1.5 1.00L0.5 1.00Z',
  );
});
