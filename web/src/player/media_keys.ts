/** The keys and lock screen of the device, and a screen that stays lit while something plays. */
import type { Player } from './player';

const STEP_SEC = 5;

/** Let the device's media keys drive a player; gives what ends it. */
export function takeMediaKeys(player: Player): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const session = navigator.mediaSession;
  const actions: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => void player.play()],
    ['pause', () => player.pause()],
    ['stop', () => player.pause()],
    ['seekto', ({ seekTime }) => player.seek(seekTime ?? player.currentSec())],
    ['seekbackward', (how) => player.seek(player.currentSec() - (how.seekOffset ?? STEP_SEC))],
    ['seekforward', (how) => player.seek(player.currentSec() + (how.seekOffset ?? STEP_SEC))],
  ];
  const set = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // This browser does not know that key.
    }
  };
  for (const [action, handler] of actions) set(action, handler);
  return () => {
    for (const [action] of actions) set(action, null);
    session.playbackState = 'none';
  };
}

/** Keep the screen lit until the returned function is called; browsers may refuse. */
export function keepScreenLit(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isEnded = false;
  const ask = async () => {
    if (isEnded || document.visibilityState !== 'visible') return;
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
    if (isEnded) void lock?.release();
  };
  // The lock goes when the tab is hidden.
  const again = () => void ask();
  document.addEventListener('visibilitychange', again);
  void ask();
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
