/** What makes the recording sound as the timeline says. */
import type { Segment } from './timeline';

export interface Engine {
  readonly canTranspose: boolean;
  /** Whether it turns back at the end of a loop by itself. */
  readonly loops: boolean;
  /** Settles when it can sound. */
  readonly ready: Promise<void>;
  /** How long before its moment a turn to a rate must be said to sound clean, seconds. */
  leadSec(rate: number): number;
  /**
   * Go on from a moment of the audio clock on as a segment says.
   *
   * @param isFresh whether it begins there anew (start, jump): nothing of before may be heard
   */
  turn(segment: Segment, semitones: number, isFresh: boolean): void;
  /** Fall silent at a moment of the audio clock. */
  hold(clockSec: number): void;
  /** Where it really is if it has a clock of its own, seconds of the recording; null: as planned. */
  actualSec(): number | null;
  close(): void;
}
