/** Climbs a ladder on the player: speed and key change where a pass of the loop ends. */
import type { Loop, Player } from '../player/player';
import {
  again,
  back,
  begin,
  easier,
  harder,
  type Ladder,
  next,
  nextKey,
  passed,
  rate,
  type Rating,
  semitonesOf,
} from './ladder';
import type { LadderSettings } from './settings';
import { comeTo, type Visit, withPass } from './visit';

/** So much before its end a pass is cut where a bar is counted, or nothing follows: no sound of the next one. */
const CUT_SEC = 0.03;

/** What the player was set to before. */
interface Before {
  speed: number;
  semitones: number;
  loop: Loop | null;
  metronome: Player['metronome'];
  countsIn: boolean;
}

export class LadderRun {
  ladder = $state.raw<Ladder | null>(null);
  loop = $state.raw<Loop | null>(null);
  /** Whether it climbs, or stands and may go on. */
  readonly isActive: boolean = $derived(this.ladder !== null && !this.ladder.isEnded);
  /** Whether the loop that plays is the ladder's. */
  readonly isOnLoop: boolean = $derived.by(() => {
    const { loop } = this.player;
    return loop?.fromSec === this.loop?.fromSec && loop?.toSec === this.loop?.toSec;
  });
  readonly isRunning: boolean = $derived.by(
    () => this.isActive && this.isOnLoop && this.player.playing,
  );
  #before: Before | null = null;
  #endPasses: (() => void) | null = null;
  #timer = 0;

  /** Called once when the last pass has ended. */
  ended: (ladder: Ladder) => void = () => undefined;
  /** Called with what was played of a key whenever it is left, also when the ladder stops there. */
  left: (visit: Visit) => void = () => undefined;
  /** Called when it has ended or was stopped, after the last key was left. */
  closed: () => void = () => undefined;
  #visit: Visit | null = null;

  constructor(private readonly player: Player) {}

  /** Start at the lowest step. */
  start(settings: LadderSettings, keys: readonly number[], loop: Loop): void {
    this.stop();
    const { player } = this;
    const { speed, semitones, metronome, countsIn } = player;
    this.#before = { speed, semitones, loop: player.loop, metronome, countsIn };
    player.pause();
    player.loop = loop;
    // As the player took it: within the recording.
    this.loop = player.loop;
    player.metronome = settings.metronome;
    player.countsIn = settings.countsIn;
    this.#endPasses = player.onPass(() => this.#passed());
    this.ladder = begin(settings, keys);
    this.#visit = comeTo(this.ladder);
    this.#playStep();
  }

  /** Pause, or go on from the start of the loop. */
  toggle(): void {
    if (this.isRunning) this.pause();
    else if (this.isActive) this.#playStep();
  }

  pause(): void {
    window.clearTimeout(this.#timer);
    this.player.pause();
  }

  /** End it, and give the player back what it was set to; a loop that others have set stays. */
  stop(): void {
    window.clearTimeout(this.#timer);
    this.#endPasses?.();
    this.#endPasses = null;
    const before = this.#before;
    const wasOnLoop = this.isOnLoop;
    this.#leaveKey(null);
    this.#before = null;
    this.ladder = null;
    this.loop = null;
    if (before === null) return;
    const { player } = this;
    player.pause();
    player.speed = before.speed;
    player.semitones = before.semitones;
    player.metronome = before.metronome;
    player.countsIn = before.countsIn;
    if (wasOnLoop) player.loop = before.loop;
    this.closed();
  }

  skip(): void {
    this.#change(next, true);
  }

  skipKey(): void {
    this.#change(nextKey, true);
  }

  back(): void {
    this.#change(back, true);
  }

  again(): void {
    this.#change(again, true);
  }

  easier(): void {
    this.#change(easier, false);
  }

  harder(): void {
    this.#change(harder, false);
  }

  rate(rating: Rating): void {
    this.#change((ladder) => rate(ladder, rating), false);
  }

  /**
   * Go to another step now.
   *
   * @param fromStart whether it begins at the start of the loop
   */
  #change(change: (ladder: Ladder) => Ladder, fromStart: boolean): void {
    const { ladder } = this;
    if (ladder === null || ladder.isEnded) return;
    this.ladder = change(ladder);
    if (this.ladder.keyAt !== ladder.keyAt) this.#leaveKey(this.ladder);
    if (this.ladder.isEnded) this.#end(this.ladder);
    else if (!fromStart || !this.player.playing) this.#setPlayer();
    else this.#playStep();
  }

  #passed(): void {
    const { ladder } = this;
    if (ladder === null || ladder.isEnded || !this.isOnLoop) return;
    const now = passed(ladder);
    const loopSec = (this.loop?.toSec ?? 0) - (this.loop?.fromSec ?? 0);
    if (this.#visit !== null) this.#visit = withPass(this.#visit, ladder, now, loopSec);
    if (now.keyAt !== ladder.keyAt) this.#leaveKey(now);
    if (now.isEnded) {
      this.#atEndOfPass(() => this.#end(now));
      return;
    }
    this.ladder = now;
    if (now.percent === ladder.percent && now.keyAt === ladder.keyAt) return;
    else if (now.settings.countsIn) {
      this.#atEndOfPass(() => {
        // Whoever has paused meanwhile goes on when they like.
        if (this.player.playing) this.#playStep();
      });
    } else this.#setPlayer();
  }

  /** @param next where it is gone from there; null for nowhere */
  #leaveKey(next: Ladder | null): void {
    const visit = this.#visit;
    this.#visit = next === null ? null : comeTo(next);
    if (visit !== null) this.left(visit);
  }

  /** Passes are told a little before they end. */
  #atEndOfPass(then: () => void): void {
    const { player, loop } = this;
    const leftSec = ((loop?.toSec ?? 0) - player.currentSec()) / player.speed - CUT_SEC;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(then, Math.max(0, leftSec * 1000));
  }

  #end(ladder: Ladder): void {
    this.stop();
    this.ladder = ladder;
    this.ended(ladder);
  }

  #setPlayer(): void {
    const { player } = this;
    if (this.ladder === null) return;
    player.speed = this.ladder.percent / 100;
    // After a stall the player may tell of the next pass while it takes the speed: this is that one's key.
    player.semitones = semitonesOf(this.ladder);
  }

  #playStep(): void {
    const { player, loop } = this;
    window.clearTimeout(this.#timer);
    player.pause();
    player.loop = loop;
    this.#setPlayer();
    player.seek(loop?.fromSec ?? 0);
    void player.play();
  }
}
