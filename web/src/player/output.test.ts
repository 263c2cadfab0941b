import { expect, test } from 'vitest';
import { heardClockSec } from './output';

function context(stamp: AudioTimestamp, state: AudioContextState = 'running') {
  return { currentTime: 10, outputLatency: 0.05, state, getOutputTimestamp: () => stamp };
}

test('between two stamps the clock goes on with the time of the page', () => {
  const heard = heardClockSec(context({ contextTime: 9.9, performanceTime: 5000 }), 5020);
  expect(heard).toBeCloseTo(9.92, 9);
});

test('without stamps the latency says how late the sound is', () => {
  expect(heardClockSec(context({ contextTime: 0, performanceTime: 0 }), 5000)).toBeCloseTo(9.95, 9);
});

test('a stamp that cannot be is not believed', () => {
  expect(heardClockSec(context({ contextTime: 3, performanceTime: 5000 }), 5000)).toBeCloseTo(9.95);
  expect(heardClockSec(context({ contextTime: 12, performanceTime: 5000 }), 5000)).toBeCloseTo(
    9.95,
  );
});

test('a clock that rests is where it rests', () => {
  expect(heardClockSec(context({ contextTime: 9, performanceTime: 1 }, 'suspended'), 5000)).toBe(
    10,
  );
});
