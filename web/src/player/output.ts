/** The audio clock as it is heard: what the loudspeaker plays now was rendered a little earlier. */

/** No output is later than this; a browser that says so is wrong. */
const LATEST_SEC = 1;

/**
 * Tell which moment of the audio clock is heard.
 *
 * @param performanceMs `performance.now()`
 */
export function heardClockSec(
  context: Pick<AudioContext, 'currentTime' | 'getOutputTimestamp' | 'outputLatency' | 'state'>,
  performanceMs: number,
): number {
  const rendered = context.currentTime;
  if (context.state !== 'running') return rendered;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  const heard = contextTime + (performanceMs - performanceTime) / 1000;
  // Before the first sound, and in browsers without timestamps, both are 0.
  const isSane = contextTime > 0 && heard <= rendered && heard >= rendered - LATEST_SEC;
  return isSane ? heard : Math.max(0, rendered - (context.outputLatency || 0));
}
