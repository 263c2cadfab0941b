/** What the player needs of a solo, given to it whenever it changes. */
import type { Player } from '../player/player';
import type { Solo } from './solo.svelte';

/** Keep a player's recording, notes and beats those of a solo; call while a component is set up. */
export function equipPlayer(solo: Solo, player: Player): void {
  $effect(() => {
    if (solo.isLoaded && player.state === 'empty') openFor(solo, player);
  });
  $effect(() => {
    player.setNotes(
      solo.notes.map((one) => ({
        onsetSec: one.onset_sec,
        offsetSec: one.offset_sec,
        pitchMidi: one.pitch_midi,
        velocity: one.velocity,
      })),
    );
  });
  $effect(() => {
    player.setBeats(
      solo.bars.flatMap((bar) =>
        bar.beatSecs.map((sec, at) => ({ sec, position: bar.firstPosition + at })),
      ),
    );
  });
}

/** Give a player the recording of a solo; again, when the first time it could not be had. */
export function openFor(solo: Solo, player: Player): void {
  if (solo.job === null) return;
  const { has_audio: hasAudio, duration_sec: durationSec, links } = solo.job;
  void (hasAudio ? player.open(links.audio, durationSec) : player.openSilence(durationSec));
}
