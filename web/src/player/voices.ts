/** The synthesiser: a mellow reed for notes, a wood block for beats; made of the browser's nodes. */
import type { PlayedNote } from './player';

/** Softer with each harmonic, the even ones less so than a clarinet's: between reed and piano. */
const HARMONICS = [0, 1, 0.42, 0.34, 0.14, 0.13, 0.06, 0.05, 0.025, 0.02, 0.01];
const ATTACK_SEC = 0.006;
const RELEASE_SEC = 0.06;
/** The least that a note is held: a grace note must be heard. */
const LEAST_SEC = 0.05;
const LOUDEST = 0.4;

interface Sounding {
  atSec: number;
  gain: GainNode;
  source: OscillatorNode;
}

/** Plays notes and clicks at exact moments of the audio clock. */
export class Voices {
  readonly #context: AudioContext;
  readonly #out: AudioNode;
  readonly #tone: PeriodicWave;
  readonly #sounding = new Set<Sounding>();

  constructor(context: AudioContext, out: AudioNode) {
    this.#context = context;
    this.#out = out;
    // The browser leaves out the harmonics that the sample rate cannot hold.
    this.#tone = context.createPeriodicWave(
      HARMONICS.map(() => 0),
      HARMONICS,
    );
  }

  /** Whether something sounds or will. */
  get isSounding(): boolean {
    return this.#sounding.size > 0;
  }

  /** Play a note: velocity makes it louder and brighter. */
  note(atSec: number, lengthSec: number, note: Pick<PlayedNote, 'pitchMidi' | 'velocity'>): void {
    const level = Math.min(127, Math.max(1, note.velocity)) / 127;
    const hertz = 440 * 2 ** ((note.pitchMidi - 69) / 12);
    const source = this.#context.createOscillator();
    source.setPeriodicWave(this.#tone);
    source.frequency.value = hertz;
    const filter = this.#context.createBiquadFilter();
    filter.type = 'lowpass';
    filter.Q.value = 0.4;
    filter.frequency.setValueAtTime(Math.min(9000, hertz * (3 + 9 * level)), atSec);
    filter.frequency.setTargetAtTime(Math.min(6000, hertz * (2 + 3 * level)), atSec, 0.12);
    const gain = this.#context.createGain();
    const end = atSec + Math.max(LEAST_SEC, lengthSec);
    const peak = LOUDEST * level ** 1.4;
    gain.gain.setValueAtTime(0, atSec);
    gain.gain.linearRampToValueAtTime(peak, atSec + ATTACK_SEC);
    gain.gain.setTargetAtTime(peak * 0.55, atSec + ATTACK_SEC, 0.25);
    gain.gain.setTargetAtTime(0, end, RELEASE_SEC / 3);
    source.connect(filter).connect(gain);
    this.#start({ atSec, gain, source }, end + 2 * RELEASE_SEC);
  }

  /** Click as a wood block does, higher on the accent. */
  click(atSec: number, isAccent: boolean): void {
    const source = this.#context.createOscillator();
    source.frequency.setValueAtTime(isAccent ? 2100 : 1500, atSec);
    source.frequency.exponentialRampToValueAtTime(isAccent ? 1700 : 1200, atSec + 0.02);
    const gain = this.#context.createGain();
    gain.gain.setValueAtTime(0, atSec);
    gain.gain.linearRampToValueAtTime(isAccent ? 0.5 : 0.35, atSec + 0.001);
    gain.gain.setTargetAtTime(0, atSec + 0.004, 0.012);
    source.connect(gain);
    this.#start({ atSec, gain, source }, atSec + 0.09);
  }

  /** Take back what begins at a moment or later; what sounds then keeps its length. */
  dropFrom(clockSec: number): void {
    for (const one of this.#sounding) {
      if (one.atSec < clockSec) continue;
      one.source.stop();
      one.gain.disconnect();
      this.#sounding.delete(one);
    }
  }

  /** Take back what begins at a moment or later, and let what sounds then die away. */
  damp(clockSec: number): void {
    this.dropFrom(clockSec);
    for (const one of this.#sounding) {
      one.gain.gain.cancelScheduledValues(clockSec);
      one.gain.gain.setTargetAtTime(0, clockSec, RELEASE_SEC / 3);
      one.source.stop(clockSec + 2 * RELEASE_SEC);
    }
  }

  #start(voice: Sounding, endSec: number): void {
    voice.gain.connect(this.#out);
    voice.source.start(voice.atSec);
    voice.source.stop(endSec);
    this.#sounding.add(voice);
    voice.source.onended = () => {
      voice.gain.disconnect();
      this.#sounding.delete(voice);
    };
  }
}
