import { expect, test } from 'vitest';
import { mixGains } from './graph';

test('the mix keeps its power between recording and transcription', () => {
  for (const mix of [0, 0.25, 0.5, 1]) {
    const { recording, transcription } = mixGains(mix);
    expect(recording ** 2 + transcription ** 2).toBeCloseTo(1, 9);
  }
  expect(mixGains(0)).toEqual({ recording: 1, transcription: 0 });
  expect(mixGains(1).recording).toBeCloseTo(0, 9);
});
