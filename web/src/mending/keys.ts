/** Keys of mending that always work. */
import type { Shortcut } from '../keyboard/shortcuts.svelte';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import { redoable, undoable } from './edit_words';
import { beginBarHere } from './grid';

export function mendKeys(solo: Solo, player: Player): Shortcut[] {
  const group = 'Mending';
  return [
    {
      keys: ['Ctrl+z'],
      label: 'Undo the last edit',
      group,
      run: () => {
        if (undoable(solo.analysis?.edits) !== null) void solo.undo();
      },
    },
    {
      keys: ['Ctrl+Shift+z', 'Ctrl+y'],
      label: 'Redo it',
      group,
      run: () => {
        if (redoable(solo.analysis?.edits) !== null) void solo.redo();
      },
    },
    {
      keys: ['b'],
      label: 'This is beat 1: a bar begins at the selection or the cursor',
      group,
      run: () => void beginBarHere(solo, player),
    },
  ];
}
