/** The player of a solo, as the page sees it: what it shows is reactive, the rest is the conductor's. */
import { sentenceOf } from '../api/client';
import { Conductor, type Settings } from './conductor';
import { Graph } from './graph';
import { keepScreenLit, takeMediaKeys } from './media_keys';
import { notesIn } from './notes';
import { type Opened, openPlainly, openRecording } from './open';
import type { Loop, Metronome, PlayedBeat, PlayedNote, Player } from './player';

const SLOWEST = 0.4;
const FASTEST = 1.2;
const MOST_SEMITONES = 12;
/** Shorter loops are a slip of the hand. */
const SHORTEST_LOOP_SEC = 0.1;
const TICK_MS = 40;
/** After so long in silence the audio thread may rest. */
const REST_MS = 15_000;
const ASIDE_LEAD_SEC = 0.05;
const NO_STRETCHER = 'The key stays as it is: what changes it did not start in this browser.';

class SoloPlayer implements Player {
  state = $state<Player['state']>('empty');
  message = $state('');
  canTranspose = $state(true);
  playing = $state(false);
  durationSec = $state(0);
  shownSec = $state(0);
  countsIn = $state(false);
  #settings = $state.raw<Settings>({
    rate: 1,
    semitones: 0,
    loop: null,
    mix: 0,
    metronome: 'off',
  });
  #volume = $state(1);
  readonly #graph = new Graph();
  readonly #conductor = new Conductor(this.#graph);
  readonly #draws = new Set<(sec: number) => void>();
  readonly #passes = new Set<() => void>();
  readonly #opening = new AbortController();
  readonly #endMediaKeys = takeMediaKeys(this);
  #endLight: (() => void) | null = null;
  /** Settles when the engine can sound, or the one that stands in for it. */
  #sounding: Promise<void> = Promise.resolve();
  #timer = 0;
  #restTimer = 0;
  #frameId = 0;

  constructor() {
    this.#conductor.onPass = () => {
      for (const passed of [...this.#passes]) passed();
    };
  }

  get speed(): number {
    return this.#settings.rate;
  }

  set speed(value: number) {
    const rate = Math.min(FASTEST, Math.max(SLOWEST, value));
    if (rate !== this.speed) this.#set({ rate });
  }

  get semitones(): number {
    return this.#settings.semitones;
  }

  set semitones(value: number) {
    const semitones = Math.min(MOST_SEMITONES, Math.max(-MOST_SEMITONES, Math.round(value)));
    if (semitones !== this.semitones && this.canTranspose) this.#set({ semitones });
  }

  get loop(): Loop | null {
    return this.#settings.loop;
  }

  set loop(value: Loop | null) {
    const loop = value === null ? null : this.#fitting(value);
    const now = this.loop;
    if (loop?.fromSec === now?.fromSec && loop?.toSec === now?.toSec) return;
    this.#set({ loop });
    if (this.playing || loop === null) return;
    const sec = this.currentSec();
    if (sec < loop.fromSec || sec >= loop.toSec) this.#place(loop.fromSec);
  }

  get mix(): number {
    return this.#settings.mix;
  }

  set mix(value: number) {
    const mix = Math.min(1, Math.max(0, value));
    this.#graph.setMix(mix);
    this.#change({ mix });
  }

  get metronome(): Metronome {
    return this.#settings.metronome;
  }

  set metronome(metronome: Metronome) {
    this.#change({ metronome });
    if (this.playing) this.#conductor.sayAnew();
  }

  get volume(): number {
    return this.#volume;
  }

  set volume(value: number) {
    this.#volume = Math.min(1, Math.max(0, value));
    this.#graph.setVolume(this.#volume);
  }

  currentSec(): number {
    return Math.min(Math.max(0, this.#conductor.currentSec()), this.durationSec);
  }

  async open(audioUrl: string, durationSec: number): Promise<void> {
    this.state = 'loading';
    this.message = '';
    this.durationSec = durationSec;
    const { signal } = this.#opening;
    try {
      const opened = await openRecording(this.#graph, audioUrl, durationSec, signal);
      this.#use(opened);
      // Before somebody presses a key the browser may hold it back, so nothing waits for it here.
      this.#sounding = opened.engine.ready.catch(() => this.#openPlainly(audioUrl));
      this.#sounding.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  openSilence(durationSec: number): Promise<void> {
    this.durationSec = durationSec;
    this.mix = 1;
    this.state = 'ready';
    return Promise.resolve();
  }

  setNotes(notes: PlayedNote[]): void {
    this.#conductor.notes = notes.toSorted((one, other) => one.onsetSec - other.onsetSec);
    if (this.playing) this.#conductor.sayAnew();
  }

  setBeats(beats: PlayedBeat[]): void {
    this.#conductor.beats = beats.toSorted((one, other) => one.sec - other.sec);
    if (this.playing) this.#conductor.sayAnew();
  }

  async play(): Promise<void> {
    if (this.playing || this.state !== 'ready') return;
    this.playing = true;
    try {
      await this.#wake();
      await this.#sounding;
    } catch (error) {
      this.#stop(null);
      this.#fail(error);
      return;
    }
    // A pause, or the end of the page, may have come before the sound could.
    if (!this.playing || this.#timer !== 0) return;
    const sec = this.currentSec();
    this.#conductor.start(sec >= this.durationSec - SHORTEST_LOOP_SEC ? 0 : sec, this.countsIn);
    this.#timer = window.setInterval(() => this.#tick(), TICK_MS);
    this.#endLight = keepScreenLit();
    if ('mediaSession' in navigator) navigator.mediaSession.playbackState = 'playing';
    if (this.#frameId === 0) this.#frame();
  }

  pause(): void {
    this.#stop(null);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  seek(sec: number): void {
    const place = Math.min(Math.max(0, sec), this.durationSec);
    const { loop } = this;
    // Whoever goes elsewhere has done with the loop.
    if (loop !== null && (place < loop.fromSec || place >= loop.toSec))
      this.#change({ loop: null });
    if (this.#timer === 0) this.#place(place);
    else this.#conductor.jump(place);
    this.#draw(place);
  }

  async playNotes(notes: PlayedNote[], tempoShare = 1): Promise<void> {
    this.stopNotes();
    const ordered = notes.toSorted((one, other) => one.onsetSec - other.onsetSec);
    const first = ordered[0];
    if (first === undefined) return;
    await this.#wake();
    if (this.#opening.signal.aborted) return;
    const span = {
      atSec: this.#graph.context.currentTime + ASIDE_LEAD_SEC,
      fromSec: first.onsetSec,
      toSec: Infinity,
      rate: tempoShare,
    };
    for (const note of notesIn(span, ordered)) {
      this.#graph.aside.note(note.atSec, note.lengthSec, note);
    }
    if (!this.playing) this.#restLater();
  }

  stopNotes(): void {
    this.#graph.aside.damp(this.#graph.context.currentTime);
  }

  onFrame(draw: (sec: number) => void): () => void {
    this.#draws.add(draw);
    return () => this.#draws.delete(draw);
  }

  onPass(passed: () => void): () => void {
    this.#passes.add(passed);
    this.#conductor.waitsForPass = true;
    return () => {
      this.#passes.delete(passed);
      this.#conductor.waitsForPass = this.#passes.size > 0;
    };
  }

  close(): void {
    this.#opening.abort();
    this.pause();
    this.#endMediaKeys();
    window.clearTimeout(this.#restTimer);
    this.#conductor.engine?.close();
    this.#graph.close();
  }

  #fitting(loop: Loop): Loop | null {
    const fromSec = Math.max(0, loop.fromSec);
    const toSec = Math.min(loop.toSec, this.durationSec || loop.toSec);
    return toSec - fromSec < SHORTEST_LOOP_SEC ? null : { fromSec, toSec };
  }

  #change(changed: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...changed };
    this.#conductor.settings = this.#settings;
  }

  #set(changed: Partial<Settings>): void {
    this.#change(changed);
    if (this.#timer !== 0) this.#conductor.retime();
  }

  #place(sec: number): void {
    this.#conductor.place(sec);
    this.#draw(sec);
  }

  async #wake(): Promise<void> {
    window.clearTimeout(this.#restTimer);
    await this.#graph.context.resume();
  }

  #use(opened: Opened): void {
    this.#conductor.engine?.close();
    if (this.#opening.signal.aborted) {
      opened.engine.close();
      return;
    }
    this.#conductor.engine = opened.engine;
    this.canTranspose = opened.engine.canTranspose;
    if (!this.canTranspose) this.#change({ semitones: 0 });
    this.message = opened.message;
    this.state = 'ready';
  }

  async #openPlainly(audioUrl: string): Promise<void> {
    if (this.#opening.signal.aborted) return;
    this.#use(await openPlainly(this.#graph, audioUrl, NO_STRETCHER));
  }

  #fail(error: unknown): void {
    if (this.#opening.signal.aborted) return;
    this.state = 'failed';
    this.message =
      error instanceof DOMException ? 'This browser cannot play the recording.' : sentenceOf(error);
  }

  #restLater(): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => {
      if (this.#graph.aside.isSounding) this.#restLater();
      else void this.#graph.context.suspend();
    }, REST_MS);
  }

  #stop(placeSec: number | null): void {
    if (!this.playing) return;
    this.playing = false;
    window.clearInterval(this.#timer);
    if (this.#timer !== 0) this.#conductor.hold(placeSec);
    this.#timer = 0;
    this.#endLight?.();
    this.#endLight = null;
    if ('mediaSession' in navigator) navigator.mediaSession.playbackState = 'paused';
    this.#restLater();
  }

  #tick(): void {
    if (this.currentSec() >= this.durationSec) this.#stop(this.durationSec);
    else this.#conductor.tick();
  }

  #draw(sec: number): void {
    this.shownSec = sec;
    for (const draw of this.#draws) draw(sec);
  }

  #frame(): void {
    const sec = this.currentSec();
    // After a pause the loudspeaker has a little left to play, and the cursor to go.
    const isMoving = this.#timer !== 0 || sec !== this.shownSec;
    this.#draw(sec);
    this.#frameId = isMoving ? requestAnimationFrame(() => this.#frame()) : 0;
  }
}

/** Make the player of a solo's page; whoever makes it closes it. */
export function makePlayer(): Player {
  return new SoloPlayer();
}
