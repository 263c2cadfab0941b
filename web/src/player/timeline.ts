/**
 * Which place of the recording sounds at which moment of the audio clock.
 *
 * One rule for everything that plays (stretcher, synthesiser, metronome, cursor), so that all of
 * it is in step by construction: nothing is measured, everything is reckoned from the audio clock.
 */
import type { Loop } from './player';

/** From a moment of the audio clock on, the recording runs from a place at a rate. */
export interface Segment {
  /** Audio clock, seconds. Before the first segment's moment the place stands still. */
  atSec: number;
  /** Place in the recording, seconds. */
  fromSec: number;
  /** Seconds of the recording a second; 0 stands still. */
  rate: number;
  /** Where it turns back; only if `fromSec` lies before its end. */
  loop: Loop | null;
}

/** A stretch of the recording that sounds without a jump. */
export interface Span {
  /** Audio clock, when it begins. */
  atSec: number;
  fromSec: number;
  toSec: number;
  rate: number;
}

/** What was heard longest ago that somebody may still ask for: more than any output is late. */
const KEPT_SEC = 3;

export class Timeline {
  #segments: Segment[] = [{ atSec: 0, fromSec: 0, rate: 0, loop: null }];

  /** The last segment that was said, whether it has begun or not. */
  get last(): Segment {
    return this.#at(this.#segments.length - 1);
  }

  /**
   * Go on differently from a moment on; what was planned for later is dropped.
   *
   * @param nowSec audio clock; what ended long before it is forgotten
   */
  turn(segment: Segment, nowSec: number): void {
    const { loop } = segment;
    const works = loop !== null && segment.fromSec < loop.toSec;
    const kept = this.#segments.filter((one) => one.atSec < segment.atSec);
    this.#segments = [...kept, { ...segment, loop: works ? loop : null }];
    while ((this.#segments[1]?.atSec ?? Infinity) < nowSec - KEPT_SEC) this.#segments.shift();
  }

  /** Drop what was planned and has not begun, so that a place can be reckoned without it. */
  dropPlans(nowSec: number): void {
    const begun = this.#segments.filter((one) => one.atSec <= nowSec);
    this.#segments = begun.length > 0 ? begun : this.#segments.slice(0, 1);
  }

  /** Place in the recording at a moment of the audio clock. */
  placeAt(clockSec: number): number {
    return placeIn(this.#segmentAt(clockSec), clockSec);
  }

  /** How often the loop of the segment at a moment was ended since the segment began. */
  passesAt(clockSec: number): number {
    return passesIn(this.#segmentAt(clockSec), clockSec);
  }

  /** When the pass that runs at a moment ends, audio clock; infinity where nothing loops. */
  passEndsAt(clockSec: number): number {
    const segment = this.#segmentAt(clockSec);
    const { loop, rate, atSec, fromSec } = segment;
    if (loop === null || rate === 0) return Infinity;
    const passed = passesIn(segment, clockSec);
    return atSec + (loop.toSec - fromSec + passed * (loop.toSec - loop.fromSec)) / rate;
  }

  /** What sounds between two moments of the audio clock, in order, without what stands still. */
  spans(fromClock: number, toClock: number): Span[] {
    return this.#segments.flatMap((segment, index) => {
      const begin = Math.max(fromClock, segment.atSec);
      const end = Math.min(toClock, this.#segments[index + 1]?.atSec ?? Infinity);
      return begin < end ? spansIn(segment, begin, end) : [];
    });
  }

  #segmentAt(clockSec: number): Segment {
    const index = this.#segments.findLastIndex((one) => one.atSec <= clockSec);
    return this.#at(Math.max(0, index));
  }

  #at(index: number): Segment {
    const segment = this.#segments[index];
    if (segment === undefined) throw new Error(`want a segment at ${index}, got none`);
    return segment;
  }
}

function placeIn(segment: Segment, clockSec: number): number {
  const { loop, fromSec } = segment;
  const straight = fromSec + Math.max(0, clockSec - segment.atSec) * segment.rate;
  if (loop === null) return straight;
  return straight - passesIn(segment, clockSec) * (loop.toSec - loop.fromSec);
}

function passesIn(segment: Segment, clockSec: number): number {
  const { loop } = segment;
  if (loop === null) return 0;
  const straight = segment.fromSec + Math.max(0, clockSec - segment.atSec) * segment.rate;
  if (straight < loop.toSec) return 0;
  return 1 + Math.floor((straight - loop.toSec) / (loop.toSec - loop.fromSec));
}

function spansIn(segment: Segment, begin: number, end: number): Span[] {
  const { rate, loop } = segment;
  if (rate === 0) return [];
  const spans: Span[] = [];
  let atSec = begin;
  let fromSec = placeIn(segment, begin);
  while (atSec < end) {
    const whole = fromSec + (end - atSec) * rate;
    const toSec = loop === null ? whole : Math.min(whole, loop.toSec);
    if (toSec > fromSec) spans.push({ atSec, fromSec, toSec, rate });
    if (loop === null || whole <= loop.toSec) break;
    atSec += (loop.toSec - fromSec) / rate;
    fromSec = loop.fromSec;
  }
  return spans;
}
