/** The keys of the player. */
import type { Shortcut } from '../keyboard/shortcuts.svelte';
import type { Solo, Stretch } from '../solo/solo.svelte';
import type { Metronome, Player } from './player';
import { barStep, beatStep } from './steps';

const SPEED_STEP = 0.05;
/** What a loop has at least when its other end is not said. */
const LOOP_SEC = 4;
export const METRONOMES: Metronome[] = ['off', 'two and four', 'all beats'];

/** What the loop button and its key loop: what is marked, else the lick that is open. */
export function loopable(solo: Solo): Stretch | null {
  if (solo.selection !== null) return solo.selection;
  const { lick } = solo;
  return lick === null ? null : { fromSec: lick.onset_sec, toSec: lick.offset_sec };
}

/** Loop what can be looped, or end the loop. */
export function toggleLoop(solo: Solo, player: Player): void {
  player.loop = player.loop === null ? loopable(solo) : null;
}

/** Faster or slower by some steps of five per cent, on whole steps. */
export function speedStep(player: Player, steps: number): void {
  player.speed = (Math.round(player.speed / SPEED_STEP) + steps) * SPEED_STEP;
}

/** Put one end of the loop here; the other stays where it was, if it still makes sense. */
function loopFromHere(solo: Solo, player: Player, end: 'from' | 'to'): void {
  const here = player.currentSec();
  const { fromSec, toSec } = player.loop ?? solo.selection ?? { fromSec: 0, toSec: 0 };
  const stretch =
    end === 'from'
      ? {
          fromSec: here,
          toSec: toSec > here ? toSec : Math.min(here + LOOP_SEC, player.durationSec),
        }
      : { fromSec: fromSec < here ? fromSec : Math.max(0, here - LOOP_SEC), toSec: here };
  solo.selection = stretch;
  player.loop = stretch;
}

export function playerKeys(solo: Solo, player: Player): Shortcut[] {
  const playing = (keys: string[], label: string, run: () => void): Shortcut => ({
    keys,
    label,
    group: 'Playing',
    run,
  });
  const looping = (keys: string[], label: string, run: () => void): Shortcut => ({
    keys,
    label,
    group: 'Looping',
    run,
  });
  const go = (step: typeof beatStep, direction: 1 | -1) => () =>
    player.seek(step(solo.bars, player.currentSec(), direction, player.playing));
  return [
    playing([' '], 'Play or pause', () => player.toggle()),
    playing(['ArrowLeft'], 'One beat back', go(beatStep, -1)),
    playing(['ArrowRight'], 'One beat on', go(beatStep, 1)),
    playing(['Shift+ArrowLeft'], 'One bar back', go(barStep, -1)),
    playing(['Shift+ArrowRight'], 'One bar on', go(barStep, 1)),
    playing(['Home'], 'To the start of the loop, or of the recording', () =>
      player.seek(player.loop?.fromSec ?? 0),
    ),
    playing(['+', '='], 'Faster by 5 %', () => speedStep(player, 1)),
    playing(['-'], 'Slower by 5 %', () => speedStep(player, -1)),
    playing(['0'], 'Full speed', () => (player.speed = 1)),
    playing(['.'], 'A semitone up', () => (player.semitones += 1)),
    playing([','], 'A semitone down', () => (player.semitones -= 1)),
    playing(['m'], 'Metronome: off, on two and four, on all beats', () => {
      const next = METRONOMES[(METRONOMES.indexOf(player.metronome) + 1) % METRONOMES.length];
      player.metronome = next ?? 'off';
    }),
    playing(['c'], 'Count-in on or off', () => (player.countsIn = !player.countsIn)),
    playing(['t'], 'Hear the recording or the transcription', () => {
      player.mix = player.mix < 0.5 ? 1 : 0;
    }),
    looping(['l'], 'Loop what is marked, or the open lick', () => toggleLoop(solo, player)),
    looping(['['], 'The loop starts here', () => loopFromHere(solo, player, 'from')),
    looping([']'], 'The loop ends here', () => loopFromHere(solo, player, 'to')),
  ];
}

/** The key that ends a loop; there while one is on, so that Escape ends what began last. */
export function endLoopKey(solo: Solo, player: Player): Shortcut {
  return {
    keys: ['Escape'],
    label: 'End the loop and unmark',
    group: 'Looping',
    run: () => {
      player.loop = null;
      solo.selection = null;
    },
  };
}

/** Whether what loops is the open lick: closing it ends the loop, so Escape has one thing to do. */
export function isLickLooped(solo: Solo, player: Player): boolean {
  const { lick } = solo;
  return (
    lick !== null &&
    player.loop?.fromSec === lick.onset_sec &&
    player.loop.toSec === lick.offset_sec
  );
}
