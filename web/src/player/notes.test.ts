import { expect, test } from 'vitest';
import { notesIn } from './notes';

const notes = [
  { onsetSec: 10, offsetSec: 10.5, pitchMidi: 60, velocity: 80 },
  { onsetSec: 10.5, offsetSec: 12, pitchMidi: 64, velocity: 80 },
  { onsetSec: 11, offsetSec: 11.5, pitchMidi: 67, velocity: 80 },
];

test('notes begin at their moments of the clock and last longer when it is slow', () => {
  const found = notesIn({ atSec: 100, fromSec: 10, toSec: 11, rate: 0.5 }, notes);
  expect(found.map((one) => [one.atSec, one.lengthSec])).toEqual([
    [100, 1],
    [101, 3],
  ]);
});

test('notes end with the loop', () => {
  const loop = { fromSec: 10, toSec: 11 };
  const found = notesIn({ atSec: 100, fromSec: 10.2, toSec: 11, rate: 1 }, notes, loop);
  expect(found).toMatchObject([{ pitchMidi: 64, lengthSec: 0.5 }]);
});
