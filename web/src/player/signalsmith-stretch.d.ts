/** What we use of signalsmith-stretch, which has no types of its own. */
declare module 'signalsmith-stretch' {
  export interface StretchChange {
    /** Audio clock, seconds. */
    output?: number;
    active?: boolean;
    /** Seconds into the buffer. */
    input?: number;
    rate?: number;
    semitones?: number;
    /** Both the same: no loop. */
    loopStart?: number;
    loopEnd?: number;
  }

  export interface StretchNode extends AudioWorkletNode {
    schedule(change: StretchChange): Promise<unknown>;
    addBuffers(channels: Float32Array[], transfer?: ArrayBufferLike[]): Promise<number>;
    configure(config: { blockMs: number; intervalMs?: number }): Promise<unknown>;
  }

  const createStretch: (
    context: AudioContext,
    options: AudioWorkletNodeOptions,
  ) => Promise<StretchNode>;
  export default createStretch;
}
