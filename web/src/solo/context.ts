/** The solo, its player and its view of time, for all components of its page. */
import { getContext, setContext } from 'svelte';
import type { Player } from '../player/player';
import type { TimeView } from '../time/view.svelte';
import type { Solo } from './solo.svelte';

interface SoloPageContext {
  solo: Solo;
  player: Player;
  view: TimeView;
}

const KEY = Symbol('solo page');

export function provideSolo(context: SoloPageContext): void {
  setContext(KEY, context);
}

export function useSolo(): SoloPageContext {
  return getContext<SoloPageContext>(KEY);
}
