import { describe, expect, test } from 'vitest';
import { readMoment, readPart } from './part';

describe('a part of a recording', () => {
  test('a moment is read as it is written, and nothing else is', () => {
    expect(['83', ' 1:23 ', '1:23,5', '1:02:03', ''].map(readMoment)).toEqual([
      83,
      83,
      83.5,
      3723,
      null,
    ]);
    for (const typed of ['1:75', 'bar 3', '-1', '1:2:3:4', ':30']) {
      expect(readMoment(typed), typed).toBeUndefined();
    }
  });

  test('either end may be open', () => {
    expect(readPart('', '')).toEqual({ startSec: null, endSec: null });
    expect(readPart('0:10', '1:00')).toEqual({ startSec: 10, endSec: 60 });
  });

  test('what is no part is a sentence that says what to write', () => {
    expect(readPart('bar 3', '')).toContain('1:23');
    expect(readPart('1:00', '0:59')).toContain('end after it starts');
    expect(readPart('', '0')).toContain('end after it starts');
  });
});
