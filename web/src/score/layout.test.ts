import { expect, test } from 'vitest';
import { isNear, layoutFor } from './layout';

test('a phone has smaller staves than a desk, and music as wide as its room', () => {
  expect(layoutFor(360)).toEqual({ staffMm: 5.6, widthMm: 95 });
  expect(layoutFor(820)).toEqual({ staffMm: 7, widthMm: 217 });
  expect(layoutFor(1900).staffMm).toBe(8);
});

test('no room is wider or narrower than the service draws', () => {
  expect(layoutFor(100).widthMm).toBe(60);
  expect(layoutFor(4000).widthMm).toBe(600);
});

test('a scroll bar that comes and goes draws nothing anew, another column does', () => {
  expect(isNear(layoutFor(820), layoutFor(805))).toBe(true);
  expect(isNear(layoutFor(820), layoutFor(700))).toBe(false);
  expect(isNear(layoutFor(561), layoutFor(558))).toBe(false);
});
