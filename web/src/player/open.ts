/** Chooses what plays a recording in this browser. */
import { decodeRecording, LONGEST_DECODED_SEC, playbackUrlOf } from './decode';
import { ElementEngine } from './element';
import type { Engine } from './engine';
import type { Graph } from './graph';
import { Stretcher } from './stretcher';

export interface Opened {
  engine: Engine;
  /** What cannot be done and why, as a sentence; empty for nothing. */
  message: string;
}

/**
 * Get a recording ready to play.
 *
 * @throws Error with a sentence if it cannot be had or played
 */
export async function openRecording(
  graph: Graph,
  audioUrl: string,
  durationSec: number,
  signal: AbortSignal,
): Promise<Opened> {
  const cannot = whyNoStretcher(durationSec);
  if (cannot !== '') return openPlainly(graph, audioUrl, cannot);
  const channels = await decodeRecording(graph.context, audioUrl, durationSec, signal);
  // Decoding cannot be broken off: the page may have gone meanwhile, and its context with it.
  signal.throwIfAborted();
  return { engine: new Stretcher(graph.context, channels, graph.recording), message: '' };
}

/**
 * Get a recording ready to play without the stretcher: speed changes, the key stays.
 *
 * What plays is the service's decoding: no browser puts it elsewhere in time.
 *
 * @param message why
 * @throws Error with a sentence if it cannot be played
 */
export async function openPlainly(
  graph: Graph,
  audioUrl: string,
  message: string,
): Promise<Opened> {
  const engine = new ElementEngine(graph.context, playbackUrlOf(audioUrl), graph.recording);
  try {
    await engine.ready;
  } catch (error) {
    engine.close();
    throw error;
  }
  return { engine, message };
}

function whyNoStretcher(durationSec: number): string {
  if (!('audioWorklet' in AudioContext.prototype) || !window.isSecureContext) {
    return 'The key stays as it is here: open this page over HTTPS or on localhost to change it.';
  }
  if (durationSec > LONGEST_DECODED_SEC) {
    const minutes = LONGEST_DECODED_SEC / 60;
    return `The key stays as it is: this recording is longer than ${minutes} minutes.`;
  }
  return '';
}
