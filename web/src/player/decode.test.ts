import { expect, test } from 'vitest';
import { channelsKept, playbackUrlOf } from './decode';

test('stereo is kept where there is room, mono where memory is short or the recording long', () => {
  expect(channelsKept(300, 2, {})).toBe(2);
  expect(channelsKept(300, 2, { deviceMemory: 4 })).toBe(1);
  expect(channelsKept(300, 2, { deviceMemory: 8 })).toBe(2);
  expect(channelsKept(601, 2, {})).toBe(1);
  expect(channelsKept(300, 1, {})).toBe(1);
});

test("the service's own decoding is beside the recording", () => {
  expect(playbackUrlOf('/jobs/audio/audio')).toBe('/jobs/audio/playback.flac');
});
