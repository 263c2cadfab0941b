import { expect, it } from 'vitest';
import { heatRow } from './heat';
import type { KeyRow } from './types';

const ROW = {
  cells: [
    { from_share: 0.5, sessions: 4, clean: 0 },
    { from_share: 1, sessions: 3, clean: 3 },
  ],
} as KeyRow;

it('has a field for each band, deeper where more of it was clean', () => {
  const [none, slow, full] = heatRow(ROW, [0, 0.5, 1]);
  expect(none).toEqual({ sessions: 0, clean: 0, shade: 0, spoken: 'not played' });
  expect([slow?.spoken, full?.spoken]).toEqual(['0 of 4 sessions clean', '3 of 3 sessions clean']);
  expect(slow?.shade).toBeGreaterThan(0);
  expect(full?.shade).toBeGreaterThan(slow?.shade ?? 100);
});
