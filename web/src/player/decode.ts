/** Gets a recording's samples, timed as the service timed them. */
import { fetchFile } from '../api/client';

/** Decoders differ in whether they cut what an encoder added at the start: more than this is one. */
const PADDING_SEC = 0.02;
/** Longer recordings are mono: five minutes in stereo are 106 MB. */
const LONGEST_STEREO_SEC = 600;
/** Longer ones would not fit into a phone, nor into some laptops. */
export const LONGEST_DECODED_SEC = 1200;
/** Devices with no more than this many gigabytes hear mono. */
const SMALL_MEMORY_GB = 4;

export interface Device {
  /** Gigabytes, where the browser tells. */
  deviceMemory?: number;
}

/** Tell how many channels are kept. */
export function channelsKept(durationSec: number, inFile: number, device: Device): 1 | 2 {
  const isSmall = (device.deviceMemory ?? Infinity) <= SMALL_MEMORY_GB;
  return isSmall || durationSec > LONGEST_STEREO_SEC || inFile < 2 ? 1 : 2;
}

/** Address of the recording as the service itself decodes it. */
export function playbackUrlOf(audioUrl: string): string {
  return audioUrl.replace(/audio$/, 'playback.flac');
}

/**
 * Decode a recording; where the browser cannot, or puts it elsewhere in time, the service's decoding.
 *
 * @param durationSec as the service measured it
 * @returns samples at the context's rate, one array a channel
 * @throws ApiError if the service has no recording; DOMException if nothing can be decoded
 */
export async function decodeRecording(
  context: BaseAudioContext,
  audioUrl: string,
  durationSec: number,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>[]> {
  const original = await fetchFile(audioUrl, signal)
    .then((response) => response.arrayBuffer())
    .then((bytes) => context.decodeAudioData(bytes))
    .catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'EncodingError') return null;
      throw error;
    });
  if (original !== null && Math.abs(original.duration - durationSec) <= PADDING_SEC) {
    return channelsOf(original);
  }
  const response = await fetchFile(playbackUrlOf(audioUrl), signal);
  return channelsOf(await context.decodeAudioData(await response.arrayBuffer()));
}

/** Copy samples out, so that the decoded buffer can go. */
function channelsOf(buffer: AudioBuffer): Float32Array<ArrayBuffer>[] {
  const kept = channelsKept(buffer.duration, buffer.numberOfChannels, navigator as Device);
  const copies = Array.from({ length: Math.min(kept, buffer.numberOfChannels) }, (_, channel) => {
    const copy = new Float32Array(buffer.length);
    buffer.copyFromChannel(copy, channel);
    return copy;
  });
  const [mono] = copies;
  if (kept === 2 || buffer.numberOfChannels < 2 || mono === undefined) return copies;
  const right = buffer.getChannelData(1);
  for (let at = 0; at < mono.length; at += 1) mono[at] = ((mono[at] ?? 0) + (right[at] ?? 0)) / 2;
  return [mono];
}
