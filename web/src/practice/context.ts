/** The ladder of the page: it goes on while another panel is shown. */
import { getContext, setContext } from 'svelte';
import type { Player } from '../player/player';
import { LadderRun } from './run.svelte';

const KEY = Symbol('ladder');

/** Make the ladder of a solo's page; call while the page's component is set up. */
export function provideLadder(player: Player): LadderRun {
  return setContext(KEY, new LadderRun(player));
}

export function useLadder(): LadderRun {
  return getContext<LadderRun>(KEY);
}
