/** Everything that can be dragged on the timeline. */
import { isIn } from './layout';
import type { Drag, Point } from './gestures';
import { noteAt, notesIn, type NoteHit } from './hits';
import { isSaved, moved, resized, transposed } from './note_changes';
import { beatAt, keptApart } from './beats';
import { snapped } from './snapping';
import type { Stage } from './stage.svelte';
import { dragEdge, type Edge, shownStretch, spanOf } from './trims';

/** Shorter than this nobody means to select. */
const LEAST_SELECTION_SEC = 0.05;
const BEAT_SLOP_PX = 12;

/** How far beside a note a pointer may be. */
export function slopOf(point: Point): number {
  return point.isTouch ? 14 : 3;
}

/** Find the note under a pointer, where notes can be edited. */
export function noteUnder(stage: Stage, at: Point): NoteHit | null {
  const { roll } = stage.layout;
  if (!stage.editing.isOn || !isIn(roll, at.y)) return null;
  const { notes } = stage.editing;
  return noteAt(notes, stage.view, stage.scale, at.x, at.y - roll.topPx, slopOf(at));
}

/** Find the beat under a pointer, where beats can be moved; -1 for none. */
export function beatUnder(stage: Stage, at: Point): number {
  if (!stage.editing.isOn || !isIn(stage.layout.beats, at.y)) return -1;
  const { view, solo } = stage;
  return beatAt(solo.analysis?.beats ?? [], view.secAt(at.x), BEAT_SLOP_PX / view.pxPerSec);
}

/** Take hold of what is under a pointer: an edge, a beat, a note, or nothing, which is selected. */
export function grab(stage: Stage, from: Point): Drag {
  const [kind = '', edge = '', id = ''] = from.grip.split(':');
  if (kind === 'selection') return selectionEdge(stage, edge === 'start' ? 'start' : 'end');
  if (kind === 'lick') return lickEdge(stage, edge === 'start' ? 'start' : 'end', id);
  const beat = beatUnder(stage, from);
  if (beat >= 0) return beatDrag(stage, beat);
  const hit = noteUnder(stage, from);
  if (hit !== null) return noteDrag(stage, hit, from);
  const isOnNotes = stage.editing.isOn && isIn(stage.layout.roll, from.y);
  return isOnNotes ? marquee(stage, from) : selecting(stage, from);
}

function snap(stage: Stage, at: Point): number {
  const { view, beats, durationSec } = stage;
  const sec = Math.min(Math.max(0, view.secAt(at.x)), durationSec);
  return at.isFree ? sec : snapped(beats, sec, view.pxPerSec);
}

/** Select from where the drag began. */
function selecting(stage: Stage, from: Point): Drag {
  return selectionFrom(stage, snap(stage, from));
}

function selectionEdge(stage: Stage, edge: Edge): Drag {
  const { selection } = stage.solo;
  const other = edge === 'start' ? selection?.toSec : selection?.fromSec;
  return selectionFrom(stage, other ?? 0);
}

function selectionFrom(stage: Stage, anchorSec: number): Drag {
  const before = stage.solo.selection;
  return {
    move(to) {
      const sec = snap(stage, to);
      const [fromSec, toSec] = sec < anchorSec ? [sec, anchorSec] : [anchorSec, sec];
      stage.solo.selection = toSec - fromSec < LEAST_SELECTION_SEC ? null : { fromSec, toSec };
    },
    end() {
      // Shown while it was made; nothing is asked.
    },
    cancel() {
      stage.solo.selection = before;
    },
  };
}

function lickEdge(stage: Stage, edge: Edge, lickId: string): Drag {
  const { notes, licks } = stage.solo;
  const lick = licks?.licks.find((one) => one.id === lickId);
  const before = lick === undefined ? null : spanOf(lick, notes);
  let span = before;
  return {
    move(to) {
      if (before === null) return;
      span = dragEdge(before, edge, stage.view.secAt(to.x), notes);
      stage.trim = { lickId, ...shownStretch(span, notes) };
    },
    end() {
      if (span === null || before === null) return;
      void stage.trimLick(lickId, before, span);
    },
    cancel() {
      stage.trim = null;
    },
  };
}

function beatDrag(stage: Stage, at: number): Drag {
  const beats = stage.solo.analysis?.beats ?? [];
  const fromSec = beats[at]?.time_sec ?? 0;
  return {
    move(to) {
      stage.beat = { fromSec, toSec: keptApart(beats, at, stage.view.secAt(to.x)) };
    },
    end() {
      const sec = stage.beat?.toSec;
      if (sec === undefined || sec === fromSec) stage.beat = null;
      else void stage.moveBeat(fromSec, sec);
    },
    cancel() {
      stage.beat = null;
    },
  };
}

/** Move a note, and with it all that are marked, up and down or sideways; or one of its ends. */
function noteDrag(stage: Stage, hit: NoteHit, from: Point): Drag {
  const { editing, view, scale, solo } = stage;
  if (!solo.marked.has(hit.note.id)) editing.mark([hit.note], from.adds);
  const notes = editing.marked.filter(isSaved);
  // The first way decides: who changes the pitch does not want the rhythm to slip.
  let way: 'pitch' | 'time' | null = hit.part === 'body' ? null : 'time';
  let heard = 0;
  function timeOf(startSec: number, to: Point): number {
    const sec = startSec + (to.x - from.x) / view.pxPerSec;
    return to.isFree ? sec : snapped(stage.eighths, sec, view.pxPerSec);
  }
  return {
    move(to) {
      const across = Math.abs(to.x - from.x);
      way ??= Math.abs(to.y - from.y) > across ? 'pitch' : 'time';
      const { note, part } = hit;
      if (part !== 'body') {
        const edgeSec = part === 'start' ? note.onset_sec : note.offset_sec;
        editing.dragged = isSaved(note) ? resized(note, part, timeOf(edgeSec, to)) : [];
      } else if (way === 'time') {
        editing.dragged = moved(notes, timeOf(note.onset_sec, to) - note.onset_sec);
      } else {
        const semitones = Math.round((from.y - to.y) / scale.rowPx);
        editing.dragged = transposed(notes, semitones);
        if (semitones === heard) return;
        heard = semitones;
        editing.sound(editing.marked);
      }
    },
    end() {
      editing.make(editing.dragged);
    },
    cancel() {
      editing.dragged = [];
    },
  };
}

/** Mark the notes in a rectangle. */
function marquee(stage: Stage, from: Point): Drag {
  const { editing, solo, view, scale, layout } = stage;
  const before = solo.marked;
  const { topPx } = layout.roll;
  return {
    move(to) {
      stage.marquee = { from, to };
      const found = notesIn(
        editing.notes,
        view,
        scale,
        { x: from.x, y: from.y - topPx },
        { x: to.x, y: to.y - topPx },
      );
      solo.marked = new Set([...(from.adds ? before : []), ...found.map((one) => one.id)]);
    },
    end() {
      stage.marquee = null;
    },
    cancel() {
      stage.marquee = null;
      solo.marked = before;
    },
  };
}
