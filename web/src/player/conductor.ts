/**
 * Keeps recording, transcription, metronome and cursor on one timeline.
 *
 * Everything that sounds is said to the browser some tenths of a second ahead, at exact moments of
 * the audio clock; a change takes back what was said for later than it.
 */
import { countInBefore, metronomeClicks } from './beats';
import type { Engine } from './engine';
import type { Graph } from './graph';
import { heardClockSec } from './output';
import type { Loop, Metronome, PlayedBeat, PlayedNote } from './player';
import { notesIn } from './notes';
import { type Segment, Timeline } from './timeline';

export interface Settings {
  rate: number;
  semitones: number;
  loop: Loop | null;
  mix: number;
  metronome: Metronome;
}

/** How far ahead notes and clicks are said: longer than the page is ever busy drawing a score. */
const AHEAD_SEC = 0.6;
/** The same while the tab is hidden: browsers then wake a page once a second. */
const AHEAD_HIDDEN_SEC = 1.6;
/** The end of a pass is told this long before it, so that what follows from it is in time. */
const PASS_LEAD_SEC = 0.25;
/** Moments of the clock nearer than this are the same. */
const SAME_SEC = 1e-4;
/** Without a recording nothing has to be prepared. */
const LEAD_SEC = 0.05;
/** A media element needs as long after a jump until its clock can be trusted. */
const SETTLED_SEC = 0.3;
/** The fallback may be so far from the plan; then the plan follows it. */
const DRIFT_SEC = 0.03;

export class Conductor {
  engine: Engine | null = null;
  settings: Settings = { rate: 1, semitones: 0, loop: null, mix: 0, metronome: 'off' };
  /** Told before a pass of the loop ends; changes made then begin with the next pass. */
  onPass: (() => void) | null = null;
  /** Whether somebody may change the next pass when one ends. */
  waitsForPass = false;
  notes: readonly PlayedNote[] = [];
  beats: readonly PlayedBeat[] = [];
  readonly #graph: Graph;
  readonly #timeline = new Timeline();
  /** When the music starts after the count, audio clock. */
  #startSec = -Infinity;
  #counts = false;
  /** End of the last pass that was told, audio clock. */
  #toldSec = -Infinity;
  /** Until when clicks and notes were said, audio clock. */
  #clicksUntil = 0;
  #notesUntil = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Place of what is heard now. */
  currentSec(): number {
    return this.#timeline.placeAt(heardClockSec(this.#graph.context, performance.now()));
  }

  /** Start at a place, after a count if wanted. */
  start(placeSec: number, counts: boolean): void {
    const now = this.#now;
    const fromSec = this.#inLoop(placeSec);
    const count = counts ? countInBefore(fromSec, this.beats, this.settings.rate) : null;
    const beginSec = now + this.#leadSec;
    this.#counts = counts;
    this.#begin(fromSec, now, beginSec + (count?.lengthSec ?? 0));
    for (const click of count?.clicks ?? []) {
      this.#graph.clicks.click(beginSec + click.atSec, click.isAccent);
    }
  }

  /** Go on from another place at once. */
  jump(placeSec: number): void {
    const now = this.#now;
    this.#counts = false;
    this.#begin(placeSec, now, now + this.#leadSec);
  }

  /** Go on as the settings now say, without a jump; where a pass is about to end, at its end. */
  retime(): void {
    const now = this.#now;
    if (now < this.#startSec) {
      this.start(this.#timeline.last.fromSec, this.#counts);
      return;
    }
    this.#tellPasses(now);
    this.#timeline.dropPlans(now);
    const { rate, loop } = this.settings;
    const { loop: turnsBack } = this.#timeline.last;
    const isAtSeam = this.#toldSec > now && turnsBack !== null && loop !== null;
    const atSec = isAtSeam ? this.#toldSec : now + this.#leadSec;
    const fromSec = isAtSeam ? turnsBack.fromSec : this.#timeline.placeAt(atSec);
    if (this.#inLoop(fromSec) !== fromSec) {
      this.jump(this.#inLoop(fromSec));
      return;
    }
    this.#turn({ atSec, fromSec, rate, loop }, now, false);
    this.sayAnew(atSec);
  }

  /**
   * Stop, and stand still at a place.
   *
   * @param placeSec null: where it is
   */
  hold(placeSec: number | null = null): void {
    const now = this.#now;
    const { loop } = this.#timeline.last;
    // A pass that was told as ended has ended.
    const isEnded = this.#toldSec > now && loop !== null;
    const fromSec = placeSec ?? (isEnded ? loop.fromSec : this.#timeline.placeAt(now));
    this.#silence(now);
    this.engine?.hold(now);
    this.#stand(fromSec, now);
    this.#startSec = -Infinity;
  }

  /** Stand at a place while nothing plays. */
  place(sec: number): void {
    this.#stand(sec, heardClockSec(this.#graph.context, performance.now()));
  }

  /** Say what comes next; call some times a second while playing. */
  tick(): void {
    const now = this.#now;
    this.#followEngine(now);
    this.#tellPasses(now);
    const ahead = now + (document.hidden ? AHEAD_HIDDEN_SEC : AHEAD_SEC);
    const until = this.waitsForPass ? Math.min(ahead, this.#nextPassEnd()) : ahead;
    this.#sayClicks(Math.max(now, this.#clicksUntil), until);
    this.#sayNotes(Math.max(now, this.#notesUntil), until);
  }

  /** Take back clicks and notes that were said for later than a moment, to say them as they are now. */
  sayAnew(clockSec: number = this.#now): void {
    if (clockSec < this.#startSec) return;
    this.#graph.clicks.dropFrom(clockSec);
    this.#graph.voices.dropFrom(clockSec);
    this.#clicksUntil = Math.min(this.#clicksUntil, clockSec);
    this.#notesUntil = Math.min(this.#notesUntil, clockSec);
    this.tick();
  }

  get #now(): number {
    return this.#graph.context.currentTime;
  }

  get #leadSec(): number {
    return this.engine?.leadSec(this.settings.rate) ?? LEAD_SEC;
  }

  #inLoop(sec: number): number {
    const { loop } = this.settings;
    return loop !== null && (sec < loop.fromSec || sec >= loop.toSec) ? loop.fromSec : sec;
  }

  #begin(fromSec: number, now: number, startSec: number): void {
    const { rate, loop } = this.settings;
    this.#silence(now);
    this.#stand(fromSec, now);
    this.#startSec = startSec;
    this.#clicksUntil = startSec;
    this.#notesUntil = startSec;
    this.#turn({ atSec: startSec, fromSec, rate, loop }, now, true);
    this.tick();
  }

  #turn(segment: Segment, now: number, isFresh: boolean): void {
    this.#timeline.turn(segment, now);
    this.engine?.turn(this.#timeline.last, this.settings.semitones, isFresh);
  }

  #stand(fromSec: number, clockSec: number): void {
    this.#toldSec = -Infinity;
    this.#timeline.turn({ atSec: clockSec, fromSec, rate: 0, loop: null }, clockSec);
  }

  #silence(now: number): void {
    this.#graph.voices.damp(now);
    this.#graph.clicks.damp(now);
  }

  /** End of the first pass that was not told yet, audio clock. */
  #nextPassEnd(): number {
    const { atSec } = this.#timeline.last;
    return this.#timeline.passEndsAt(Math.max(atSec, this.#toldSec + SAME_SEC));
  }

  #tellPasses(now: number): void {
    for (let end = this.#nextPassEnd(); end <= now + PASS_LEAD_SEC; end = this.#nextPassEnd()) {
      this.#toldSec = end;
      this.onPass?.();
      const { engine, settings } = this;
      const { loop, rate } = settings;
      if (engine === null || engine.loops || loop === null) continue;
      engine.turn({ atSec: end, fromSec: loop.fromSec, rate, loop }, settings.semitones, false);
    }
  }

  /** An engine with a clock of its own is right about where it is. */
  #followEngine(now: number): void {
    const actual = this.engine?.actualSec() ?? null;
    const isTurning = this.#toldSec > now - SETTLED_SEC || this.#startSec > now - SETTLED_SEC;
    if (actual === null || isTurning) return;
    if (Math.abs(actual - this.#timeline.placeAt(now)) < DRIFT_SEC) return;
    const { rate, loop } = this.settings;
    this.#timeline.turn({ atSec: now, fromSec: actual, rate, loop }, now);
    this.sayAnew(now);
  }

  #sayClicks(fromClock: number, toClock: number): void {
    if (toClock <= fromClock) return;
    this.#clicksUntil = toClock;
    const spans = this.#timeline.spans(fromClock, toClock);
    for (const click of metronomeClicks(spans, this.beats, this.settings.metronome)) {
      this.#graph.clicks.click(click.atSec, click.isAccent);
    }
  }

  #sayNotes(fromClock: number, toClock: number): void {
    if (toClock <= fromClock) return;
    const { mix, semitones, loop } = this.settings;
    // Silent notes are not made; when the mix wants them they begin at once.
    if (mix === 0) return;
    this.#notesUntil = toClock;
    for (const span of this.#timeline.spans(fromClock, toClock)) {
      for (const note of notesIn(span, this.notes, loop)) {
        const pitchMidi = note.pitchMidi + semitones;
        this.#graph.voices.note(note.atSec, note.lengthSec, { ...note, pitchMidi });
      }
    }
  }
}
