/** What the parts of the timeline share: where everything is, and what is shown of the solo. */
import type { Lick } from '../api/types';
import type { Player } from '../player/player';
import { roleOf, type Solo } from '../solo/solo.svelte';
import type { TimeView } from '../time/view.svelte';
import type { DrawnNote } from './draw_roll';
import { Editing } from './editing.svelte';
import { type Layout, layoutOf } from './layout';
import { fitPitches, nameOf, PitchScale } from './pitches';
import { beatGrid, eighthGrid, type Grid } from './snapping';
import { Sound } from './sound.svelte';

/** Notes that are less sure than this are likely wrong. */
const SURE = 0.5;

/** A lick whose ends are being moved. */
export interface Trim {
  lickId: string;
  fromSec: number;
  toSec: number;
}

export class Stage {
  readonly sound = new Sound();
  readonly editing: Editing;
  /** Whether one finger selects instead of moving the view. */
  isSelecting = $state(false);
  /** Grows when the colours have changed. */
  nThemes = $state(0);
  trim = $state.raw<Trim | null>(null);
  /** A beat that is being dragged, and where it is now. */
  beat = $state.raw<{ fromSec: number; toSec: number } | null>(null);

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

  get durationSec(): number {
    return this.player.durationSec || (this.solo.job?.duration_sec ?? 0);
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
        name: detail?.pitch_midi === note.pitch_midi ? detail.name : nameOf(note.pitch_midi),
        isDoubtful,
        isLit: lit.has(note.id),
        isMarked: marked.has(note.id),
      };
    });
  }
}

/** Call a lick by its name, or by its number. */
export function nameOfLick(lick: Pick<Lick, 'name' | 'number'>): string {
  return lick.name ?? `Lick ${lick.number}`;
}
