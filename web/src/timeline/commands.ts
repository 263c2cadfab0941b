/** What buttons and keys of the timeline do. */
import { lastAtOrBefore } from '../time/bars';
import type { Shortcut } from '../keyboard/shortcuts.svelte';
import { isSaved, moved, resized, splitAt } from './note_changes';
import { cellAt, stepped } from './snapping';
import type { Stage } from './stage.svelte';

const ZOOM = 1.6;

/** Zoom around the cursor where it is seen, otherwise around the middle. */
export function zoom(stage: Stage, isIn: boolean): void {
  const { view, player } = stage;
  const sec = player.currentSec();
  const isSeen = sec >= view.fromSec && sec <= view.toSec;
  view.zoom(isIn ? 1 / ZOOM : ZOOM, isSeen ? sec : undefined);
}

/** Add a note where the cursor is: an eighth long, of the pitch of the note before it. */
export function addAtCursor(stage: Stage): void {
  const { editing, player, scale } = stage;
  const sec = player.currentSec();
  const [fromSec, toSec] = cellAt(stage.eighths, sec);
  const before = editing.notes[lastAtOrBefore(editing.notes, sec, (one) => one.onset_sec)];
  const middle = Math.round((scale.lowMidi + scale.highMidi) / 2);
  editing.add(fromSec, toSec, before?.pitch_midi ?? middle);
}

/** Split what sounds at the cursor: of the marked notes, or of all where none is marked. */
export function splitAtCursor(stage: Stage): void {
  const { editing, player } = stage;
  const notes = editing.marked.length === 0 ? editing.notes : editing.marked;
  editing.make(splitAt(notes.filter(isSaved), player.currentSec()));
}

/** Move the marked notes to the next eighth, or the one before. */
export function moveMarked(stage: Stage, forward: boolean): void {
  const marked = stage.editing.marked.filter(isSaved);
  const [first] = marked;
  if (first === undefined) return;
  const to = stepped(stage.eighths, first.onset_sec, forward);
  stage.editing.make(moved(marked, to - first.onset_sec));
}

/** Move the end of the marked note to the next eighth, or the one before. */
export function stretchMarked(stage: Stage, forward: boolean): void {
  const { marked } = stage.editing;
  const [first] = marked;
  if (first === undefined || marked.length > 1 || !isSaved(first)) return;
  stage.editing.make(resized(first, 'end', stepped(stage.eighths, first.offset_sec, forward)));
}

/** Go to the next note, or the one before: mark it, show it, let it be heard. */
export function stepNote(stage: Stage, forward: boolean, adds: boolean): void {
  const { editing, view, player } = stage;
  const { notes, marked } = editing;
  const from = forward ? marked.at(-1) : marked[0];
  const here =
    from === undefined
      ? lastAtOrBefore(notes, player.currentSec(), (one) => one.onset_sec) + (forward ? 0 : 1)
      : notes.findIndex((one) => one.id === from.id);
  const next = notes[here + (forward ? 1 : -1)];
  if (next === undefined) return;
  editing.mark(adds ? [...marked, next] : [next]);
  view.show(next.onset_sec, next.offset_sec);
  editing.sound([next]);
  stage.sayNote(next);
}

/** Keys that always work. */
export function viewKeys(stage: Stage): Shortcut[] {
  const group = 'View';
  return [
    { keys: ['z'], label: 'Zoom in', group, run: () => zoom(stage, true) },
    { keys: ['Shift+z'], label: 'Zoom out', group, run: () => zoom(stage, false) },
    {
      keys: ['f'],
      label: 'Whole recording, and back to the cursor',
      group,
      run: () => stage.toggleWhole(),
    },
    {
      keys: ['e'],
      label: 'Edit notes and beats',
      group: 'Mending',
      run: () => (stage.editing.isOn = !stage.editing.isOn),
    },
  ];
}

/** Keys while notes are edited. */
export function editKeys(stage: Stage): Shortcut[] {
  const { editing } = stage;
  const group = 'Mending';
  return [
    { keys: ['Insert'], label: 'Add a note at the cursor', group, run: () => addAtCursor(stage) },
    { keys: ['s'], label: 'Split the note at the cursor', group, run: () => splitAtCursor(stage) },
  ].concat(
    editing.marked.length === 0
      ? []
      : [
          {
            keys: ['Delete', 'Backspace'],
            label: 'Delete the marked notes',
            group,
            run: () => editing.remove(),
          },
          { keys: ['ArrowUp'], label: 'Semitone up', group, run: () => editing.transpose(1) },
          { keys: ['ArrowDown'], label: 'Semitone down', group, run: () => editing.transpose(-1) },
          { keys: ['Shift+ArrowUp'], label: 'Octave up', group, run: () => editing.transpose(12) },
          {
            keys: ['Shift+ArrowDown'],
            label: 'Octave down',
            group,
            run: () => editing.transpose(-12),
          },
        ],
    // Of one note there is nothing to merge: the key stays the metronome's.
    editing.marked.length < 2
      ? []
      : [{ keys: ['m'], label: 'Merge the marked notes', group, run: () => editing.merge() }],
  ) as Shortcut[];
}
