/** Keys of the page: registered by whoever has something to do, shown with `?`. */
import { SvelteSet } from 'svelte/reactivity';
import { isCharacter, nameOf } from './names';
import { singleKeys } from './single_keys.svelte';

export interface Shortcut {
  /** As `KeyboardEvent.key`, with `Shift+`, `Ctrl+` (or Command) and `Alt+` in front. */
  keys: string[];
  /** What it does, for the list. */
  label: string;
  group: 'Playing' | 'Looping' | 'Licks' | 'Mending' | 'Practice' | 'View' | 'Library';
  run: (event: KeyboardEvent) => void;
}

const shortcuts = new SvelteSet<Shortcut>();

/**
 * Register keys while a component lives.
 *
 * @returns ends it; give it to `$effect` or `onMount`
 */
export function register(...added: Shortcut[]): () => void {
  for (const one of added) shortcuts.add(one);
  return () => {
    for (const one of added) shortcuts.delete(one);
  };
}

export function listed(): Shortcut[] {
  return [...shortcuts];
}

/** Whether keys belong to what has the focus: text, a slider, a list. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  // Of a dialog Escape is its own, too: it would stay open if something else took the key.
  if (target.closest('dialog') !== null) return true;
  if (target.closest('[role="menu"], [data-own-keys]') !== null) return key !== 'Escape';
  if (target instanceof HTMLInputElement) {
    if (target.type === 'checkbox' || target.type === 'radio')
      return key === ' ' || key.startsWith('Arrow');
    if (target.type === 'range') return key.startsWith('Arrow') || key === 'Home' || key === 'End';
    return key !== 'Escape';
  }
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return key !== 'Escape';
  if (target.closest('button, a, summary, [role="tab"]')) {
    // After a click the focus stays on the button, but Space is to play, as in every player; who came
    // to the button by keys means the button.
    return (key === ' ' || key === 'Enter') && target.matches(':focus-visible');
  }
  return false;
}

/** Run what a key press is registered for; the last one registered wins. */
export function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target, event.key)) return;
  const name = nameOf(event);
  if (isCharacter(name) && !singleKeys.areOn) return;
  const found = listed().findLast((one) => one.keys.includes(name));
  if (found === undefined) return;
  event.preventDefault();
  found.run(event);
}
