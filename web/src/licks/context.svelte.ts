/** The lick book of the page: made once, so that keys work whichever panel is shown. */
import { getContext, onMount, setContext, untrack } from 'svelte';
import { register, type Shortcut } from '../keyboard/shortcuts.svelte';
import type { Player } from '../player/player';
import type { Solo } from '../solo/solo.svelte';
import type { TimeView } from '../time/view.svelte';
import { TRIM_KEYS } from '../timeline/trims';
import { LickBook } from './book.svelte';
import { barsText, labelOf } from './words';

const KEY = Symbol('licks');

/** Make the lick book of a solo; call while the page's component is set up. */
export function provideLicks(solo: Solo, player: Player, view: TimeView): LickBook {
  const book = new LickBook(solo, player);
  setContext(KEY, book);
  followOpenLick(solo, player, view, book);
  $effect(() => {
    void solo.licks;
    untrack(() => book.hideThrown());
  });
  onMount(() => {
    void book.loadInstruments();
    const flush = () => book.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  });
  $effect(() => registerKeys(solo, book));
  return book;
}

export function useLicks(): LickBook {
  return getContext<LickBook>(KEY);
}

/** Whoever opens a lick, a card, a view or a link: it loops, its notes are lit, it is in view. */
function followOpenLick(solo: Solo, player: Player, view: TimeView, book: LickBook): void {
  const id = $derived(solo.lick?.id ?? null);
  const notes = $derived(solo.lick?.note_ids.join(' ') ?? '');
  const fromSec = $derived(solo.lick?.onset_sec ?? 0);
  const toSec = $derived(solo.lick?.offset_sec ?? 0);
  let shownId: string | null = null;
  $effect(() => {
    const [openId, loop, noteIds] = [id, { fromSec, toSec }, notes.split(' ')];
    untrack(() => {
      const isOther = openId !== shownId;
      if (openId === null) {
        if (isOther) {
          solo.lit = new Set();
          player.loop = null;
        }
      } else {
        solo.lit = new Set(noteIds);
        player.loop = loop;
        if (isOther) {
          view.show(loop.fromSec, loop.toSec);
          const lick = solo.lick;
          if (lick !== null) book.said = `${labelOf(lick)}, ${barsText(lick.bars)}, is open.`;
        }
      }
      if (openId !== null) book.lastId = openId;
      shownId = openId;
    });
  });
}

function registerKeys(solo: Solo, book: LickBook): () => void {
  const { lick } = solo;
  const key = (keys: string, label: string, run: () => void): Shortcut => ({
    keys: [keys],
    label,
    group: 'Licks',
    run,
  });
  const always = [
    key('n', 'Next lick', () => book.step(1)),
    key('p', 'Lick before', () => book.step(-1)),
    key('k', 'Make a lick of what is marked', () => void book.make()),
  ];
  if (lick === null) return register(...always);
  return register(
    ...always,
    key('Escape', 'Close the lick', () => book.close()),
    key('d', 'Throw the lick away', () => book.throwAway(lick)),
    ...TRIM_KEYS.map((one) => {
      const what = `The lick ${one.edge}s a note ${one.by < 0 ? 'earlier' : 'later'}`;
      return key(one.key, what, () => book.trimBy(lick, one.edge, one.by));
    }),
  );
}
