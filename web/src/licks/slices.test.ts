import { expect, it } from 'vitest';
import { fromZero, lengthSec, oneAfterAnother, sliced } from './slices';

const notes = [10, 11, 12, 13].map((sec) => ({
  onset_sec: sec,
  offset_sec: sec + 0.5,
  pitch_midi: 50 + sec,
}));

it('a match is cut out with both of its ends', () => {
  const cut = sliced(notes, { first_note: 1, last_note: 2 });
  expect(cut.map((one) => one.onset_sec)).toEqual([11, 12]);
});

it('what is cut out begins at 0 and keeps its rhythm', () => {
  const played = fromZero(notes.slice(1));
  expect(played.map((one) => [one.onsetSec, one.offsetSec])).toEqual([
    [0, 0.5],
    [1, 1.5],
    [2, 2.5],
  ]);
  expect(lengthSec(played)).toBe(2.5);
});

it('a match follows the lick after a rest', () => {
  const first = fromZero(notes.slice(0, 2));
  const both = oneAfterAnother(first, fromZero(notes.slice(2)), 0.6);
  expect(both.map((one) => one.onsetSec)).toEqual([0, 1, 2.1, 3.1]);
});
