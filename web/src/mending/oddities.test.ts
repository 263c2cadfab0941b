import { expect, it } from 'vitest';
import { barsOf } from '../time/bars';
import { odditiesOf } from './oddities';

function solo(tempo_bpm: number, counts: number[], confidence = 1, time_signature = '4/4') {
  let sec = 0;
  const beats = counts.flatMap((count, at) =>
    Array.from({ length: count }, (_, place) => ({
      time_sec: (sec += 60 / tempo_bpm),
      bar: at + 1,
      position_in_bar: place + 1,
      confidence,
    })),
  );
  const analysis = { beats, tempo_bpm, time_signature };
  return odditiesOf(analysis, barsOf({ beats, form: undefined }));
}

it('Nothing is odd about even bars at a usual tempo, whatever begins and ends them', () => {
  expect(solo(150, [2, 4, 4, 3])).toEqual([]);
  expect(solo(150, [2, 2, 2, 2], 1, '6/8')).toEqual([]);
});

it('What is odd is said with what to do', () => {
  expect(solo(45, [4, 4])[0]).toContain('× 2');
  expect(solo(320, [4, 4])[0]).toContain('÷ 2');
  expect(solo(150, [4, 4], 0.3)[0]).toContain('tap along');
  expect(solo(150, [4, 3, 4])).toEqual(['Bar 2 has 3 beats. Say where beat 1 is after it.']);
  expect(odditiesOf({ beats: [], tempo_bpm: null, time_signature: null }, [])[0]).toContain('tap');
});
