/** What the parts of the timeline share: where everything is, and what is shown of the solo. */
import { api, sentenceOf, unwrap } from '../api/client';
import type { Lick, Note } from '../api/types';
import type { Player } from '../player/player';
import { roleOf, type Solo } from '../solo/solo.svelte';
import type { TimeView } from '../time/view.svelte';
import { toasts } from '../ui/toasts.svelte';
import type { DrawnNote } from './draw_roll';
import { Editing } from './editing.svelte';
import { type Layout, layoutOf } from './layout';
import { rounded } from './note_changes';
import { describeMoment } from './places';
import { fitPitches, nameOf, PitchScale, withSigns } from './pitches';
import { beatGrid, eighthGrid, type Grid } from './snapping';
import { Sound } from './sound.svelte';
import { trimQueue } from './trim_queue';
import { askedStretch, shownStretch, type Span, spanOf } from './trims';

/** Notes that are less sure than this are likely wrong. */
const SURE = 0.5;

/** Beats and short notes are told apart so. */
const FIRST_PX_PER_SEC = 60;

/** A lick whose ends are being moved. */
export interface Trim {
  lickId: string;
  fromSec: number;
  toSec: number;
}

interface Corner {
  x: number;
  y: number;
}

export class Stage {
  readonly sound = new Sound();
  readonly editing: Editing;
  /** Whether one finger selects instead of moving the view. */
  isSelecting = $state(false);
  /** Grows when the colours have changed. */
  nThemes = $state(0);
  trim = $state.raw<Trim | null>(null);
  /** Corners of a rectangle that marks notes, CSS pixels from the top of the lanes. */
  marquee = $state.raw<{ from: Corner; to: Corner } | null>(null);
  /** For those who hear the page: what a key did. */
  said = $state('');
  /** A beat that is being dragged, and where it is now. */
  beat = $state.raw<{ fromSec: number; toSec: number } | null>(null);

  #isFitted = false;
  #nearSec = 20;
  #trimming: { lickId: string; after: Span } | null = null;

  readonly hasSound: boolean = $derived.by(() => {
    return this.solo.job?.has_audio === true && !this.sound.isMissing;
  });
  readonly layout: Layout = $derived.by(() =>
    layoutOf(this.view.widthPx, this.hasSound, this.editing.isOn),
  );
  readonly scale: PitchScale = $derived.by(() => {
    const [low, high] = fitPitches(this.solo.notes.map((one) => one.pitch_midi));
    return new PitchScale(low, high, this.layout.roll.heightPx);
  });
  readonly beats: Grid = $derived.by(() => beatGrid(this.solo.bars));
  readonly eighths: Grid = $derived.by(() =>
    eighthGrid(this.beats, this.solo.analysis?.swing_ratio ?? 1),
  );
  readonly licks: readonly Lick[] = $derived.by(() => {
    const trim = this.trim;
    return (this.solo.licks?.licks ?? []).map((one) =>
      one.id === trim?.lickId ? { ...one, onset_sec: trim.fromSec, offset_sec: trim.toSec } : one,
    );
  });
  readonly drawnNotes: readonly DrawnNote[] = $derived.by(() => this.#drawn());

  constructor(
    readonly solo: Solo,
    readonly player: Player,
    readonly view: TimeView,
  ) {
    this.editing = new Editing(solo, player);
  }

  /** Take the width of the drawings; the first time that says how much is shown, too. */
  fitTo(widthPx: number): void {
    this.view.widthPx = widthPx;
    if (this.#isFitted) return;
    this.#isFitted = true;
    this.view.zoom(widthPx / FIRST_PX_PER_SEC / this.view.spanSec, this.view.fromSec);
  }

  /** Show the recording from here on; while it plays, the view stays there. */
  scrollTo(fromSec: number): void {
    if (this.player.playing) this.view.follows = false;
    this.view.moveTo(fromSec);
  }

  /** Let the view go with the cursor, or stay. */
  follow(follows: boolean): void {
    this.view.follows = follows;
    if (follows) this.view.show(this.player.currentSec());
  }

  /** Show everything, or go back to the cursor, as near as before. */
  toggleWhole(): void {
    const { view, durationSec } = this;
    if (view.spanSec < durationSec * 0.999) {
      this.#nearSec = view.spanSec;
      view.zoom(durationSec / view.spanSec);
      return;
    }
    view.zoom(this.#nearSec / view.spanSec, this.player.currentSec());
    this.follow(true);
  }

  /** Mark nothing: first no notes, then no stretch. */
  markNothing(): void {
    if (this.solo.marked.size > 0) this.editing.mark([]);
    else this.solo.selection = null;
  }

  sayNote(note: Note): void {
    this.said = `${nameOf(note.pitch_midi)}, ${describeMoment(this.solo.bars, note.onset_sec)}`;
  }

  get durationSec(): number {
    return this.player.durationSec || (this.solo.job?.duration_sec ?? 0);
  }

  /** Give a lick other ends; it is shown so until the service has answered. */
  async trimLick(lickId: string, before: Span, after: Span): Promise<void> {
    const { notes } = this.solo;
    if (before.first === after.first && before.last === after.last) {
      this.trim = null;
      return;
    }
    const trim = { lickId, ...shownStretch(after, notes) };
    this.trim = trim;
    try {
      await unwrap(
        api.PATCH('/licks/{lick_id}', {
          params: { path: { lick_id: lickId } },
          body: askedStretch(after, notes),
        }),
      );
      await this.solo.refreshLicks();
    } catch (error) {
      toasts.error(sentenceOf(error));
    } finally {
      // Another may have begun meanwhile.
      if (this.trim === trim) this.trim = null;
    }
  }

  /** Give the ends of a lick that keys are moving; null for none. */
  trimmedSpan(lickId: string): Span | null {
    return this.#trimming?.lickId === lickId ? this.#trimming.after : null;
  }

  /** Show a lick with other ends, and ask for them when no key has followed. */
  trimSoon(lickId: string, after: Span): void {
    const { notes, licks } = this.solo;
    const lick = licks?.licks.find((one) => one.id === lickId);
    const before = lick === undefined ? null : spanOf(lick, notes);
    if (before === null) return;
    const trimming = { lickId, after };
    trimQueue.ask(lickId, () => {
      void this.trimLick(lickId, before, after).finally(() => {
        if (this.#trimming === trimming) this.#trimming = null;
      });
    });
    this.#trimming = trimming;
    this.trim = { lickId, ...shownStretch(after, notes) };
    const [first, last] = [notes[after.first], notes[after.last]];
    if (first !== undefined && last !== undefined) {
      const names = [first, last].map((one) => nameOf(one.pitch_midi)).join(' to ');
      this.said = `${after.last - after.first + 1} notes, ${names}`;
    }
  }

  /** Move a beat; it stays the beat that it is. */
  async moveBeat(fromSec: number, toSec: number): Promise<void> {
    await this.solo.change((version) =>
      unwrap(
        api.PUT('/jobs/{job_id}/grid', {
          params: { path: { job_id: this.solo.id } },
          body: { version, op: 'move', from_sec: fromSec, to_sec: rounded(toSec) },
        }),
      ),
    );
    this.beat = null;
  }

  #drawn(): DrawnNote[] {
    const { options, details, lit, marked } = this.solo;
    return this.editing.notes.map((note) => {
      const detail = details.get(note.id);
      const isDoubtful = options.greysDoubtful && note.confidence < SURE;
      const role = options.showsRoles ? roleOf(detail) : 'chord';
      return {
        note,
        colour: isDoubtful ? 'doubtful' : role,
        // Of a note that was moved the old name would be wrong.
        name:
          detail?.pitch_midi === note.pitch_midi ? withSigns(detail.name) : nameOf(note.pitch_midi),
        isDoubtful,
        isLit: lit.has(note.id),
        isMarked: marked.has(note.id),
      };
    });
  }
}
