/** Keys of mending that always work. */
import type { Shortcut } from '../keyboard/shortcuts.svelte';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { toasts } from '../ui/toasts.svelte';
import { editWords, redoable, undoable } from './edit_words';
import { beginBarHere } from './grid';

export function mendKeys(solo: Solo, player: Player): Shortcut[] {
  const group = 'Mending';
  return [
    { keys: ['Ctrl+z'], label: 'Undo the last edit', group, run: () => void undo(solo) },
    { keys: ['Ctrl+Shift+z', 'Ctrl+y'], label: 'Redo it', group, run: () => void redo(solo) },
    {
      keys: ['b'],
      label: 'This is beat 1: a bar begins at the selection or the cursor',
      group,
      run: () => void beatOne(solo, player),
    },
  ];
}

/** Undo by a key, which may change what is out of sight: say what it was. */
async function undo(solo: Solo): Promise<void> {
  if (solo.takeBack()) {
    toasts.show('Undone: the last change of notes');
  } else if (!solo.isSaving && undoable(solo.analysis?.edits) === null) {
    toasts.show('Nothing to undo: this is as it was heard.');
  } else if (await solo.undo()) {
    // Known only now: an edit may have been on its way.
    const edit = redoable(solo.analysis?.edits);
    if (edit !== null) toasts.show(`Undone: ${editWords(edit)}`);
  }
}

async function redo(solo: Solo): Promise<void> {
  const edit = redoable(solo.analysis?.edits);
  if (edit === null) toasts.show('Nothing to redo.');
  else if (await solo.redo()) toasts.show(`Made again: ${editWords(edit)}`);
}

async function beatOne(solo: Solo, player: Player): Promise<void> {
  if (!(await beginBarHere(solo, player))) return;
  toasts.show('A bar begins here.', { action: { label: 'Undo', run: () => void solo.undo() } });
}
