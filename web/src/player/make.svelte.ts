/** Gives the page its player. */
import type { Loop, Metronome, PlayedBeat, PlayedNote, Player } from './player';

/** A player over the browser's own media element. */
class ElementPlayer implements Player {
  state = $state<Player['state']>('empty');
  message = $state('');
  readonly canTranspose = false;
  playing = $state(false);
  durationSec = $state(0);
  shownSec = $state(0);
  loop = $state.raw<Loop | null>(null);
  semitones = $state(0);
  mix = $state(0);
  metronome = $state<Metronome>('off');
  countsIn = $state(false);
  #speed = $state(1);
  #volume = $state(1);
  readonly #audio = new Audio();
  readonly #draws = new Set<(sec: number) => void>();
  readonly #passes = new Set<() => void>();

  constructor() {
    this.#audio.preservesPitch = true;
    this.#audio.addEventListener('ended', () => this.pause());
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(value: number) {
    this.#speed = Math.min(1.2, Math.max(0.4, value));
    this.#audio.playbackRate = this.#speed;
  }

  get volume(): number {
    return this.#volume;
  }

  set volume(value: number) {
    this.#volume = Math.min(1, Math.max(0, value));
    this.#audio.volume = this.#volume;
  }

  currentSec(): number {
    return this.#audio.currentTime;
  }

  async open(audioUrl: string, durationSec: number): Promise<void> {
    this.state = 'loading';
    this.durationSec = durationSec;
    await new Promise<void>((resolve) => {
      this.#audio.onloadedmetadata = () => {
        this.state = 'ready';
        resolve();
      };
      this.#audio.onerror = () => {
        this.state = 'failed';
        this.message = 'This browser cannot play the recording.';
        resolve();
      };
      this.#audio.src = audioUrl;
    });
  }

  openSilence(durationSec: number): Promise<void> {
    this.durationSec = durationSec;
    this.state = 'ready';
    return Promise.resolve();
  }

  setNotes(_notes: PlayedNote[]): void {}

  setBeats(_beats: PlayedBeat[]): void {}

  async play(): Promise<void> {
    if (this.state !== 'ready') return;
    await this.#audio.play();
    this.playing = true;
    requestAnimationFrame(() => this.#frame());
  }

  pause(): void {
    this.#audio.pause();
    this.playing = false;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  seek(sec: number): void {
    this.#audio.currentTime = Math.min(Math.max(0, sec), this.durationSec);
    this.#draw();
  }

  playNotes(): Promise<void> {
    return Promise.resolve();
  }

  stopNotes(): void {}

  onFrame(draw: (sec: number) => void): () => void {
    this.#draws.add(draw);
    return () => this.#draws.delete(draw);
  }

  onPass(passed: () => void): () => void {
    this.#passes.add(passed);
    return () => this.#passes.delete(passed);
  }

  close(): void {
    this.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }

  #draw(): void {
    this.shownSec = this.currentSec();
    for (const draw of this.#draws) draw(this.shownSec);
  }

  #frame(): void {
    const { loop } = this;
    if (loop !== null && this.currentSec() >= loop.toSec) {
      for (const passed of this.#passes) passed();
      this.#audio.currentTime = loop.fromSec;
    }
    this.#draw();
    if (this.playing) requestAnimationFrame(() => this.#frame());
  }
}

export function makePlayer(): Player {
  return new ElementPlayer();
}
