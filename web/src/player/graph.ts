/** The ways of sound from what plays to the loudspeaker. */
import { Voices } from './voices';

/** Enough for the ear; the devices' 96 or 192 kHz would only cost memory. */
const SAMPLE_RATE = 44100;
/** Gains move over some milliseconds: a jump would click. */
const SMOOTH_SEC = 0.015;

/** Loudness of two sources between which one fades: their powers always add up to one. */
export function mixGains(mix: number): { recording: number; transcription: number } {
  const angle = (Math.min(1, Math.max(0, mix)) * Math.PI) / 2;
  return { recording: Math.cos(angle), transcription: Math.sin(angle) };
}

export class Graph {
  readonly context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'balanced' });
  readonly recording: GainNode;
  /** Of the transcription. */
  readonly voices: Voices;
  /** Of metronome and count-in. */
  readonly clicks: Voices;
  /** Of notes that are played apart. */
  readonly aside: Voices;
  readonly #transcription: GainNode;
  readonly #volume: GainNode;

  constructor() {
    const { context } = this;
    this.#volume = context.createGain();
    this.#volume.connect(context.destination);
    this.recording = context.createGain();
    this.recording.connect(this.#volume);
    this.#transcription = context.createGain();
    this.#transcription.connect(this.#volume);
    this.voices = new Voices(context, this.#transcription);
    this.clicks = new Voices(context, this.#volume);
    this.aside = new Voices(context, this.#volume);
  }

  setMix(mix: number): void {
    const gains = mixGains(mix);
    const { currentTime } = this.context;
    this.recording.gain.setTargetAtTime(gains.recording, currentTime, SMOOTH_SEC);
    this.#transcription.gain.setTargetAtTime(gains.transcription, currentTime, SMOOTH_SEC);
  }

  setVolume(volume: number): void {
    // The ear hears in steps of ratio: half way up the slider is a quarter of the amplitude.
    this.#volume.gain.setTargetAtTime(volume ** 2, this.context.currentTime, SMOOTH_SEC);
  }

  close(): void {
    void this.context.close();
  }
}
