/** Which of the solo page's panels is shown; on narrow screens the score is one of them. */

export type PanelId = 'score' | 'licks' | 'practice' | 'mend' | 'take';

export interface Panel {
  id: PanelId;
  name: string;
  key: string;
}

const SIDE: Panel[] = [
  { id: 'licks', name: 'Licks', key: '1' },
  { id: 'practice', name: 'Practice', key: '2' },
  { id: 'mend', name: 'Mend', key: '3' },
  { id: 'take', name: 'Take away', key: '4' },
];
const SCORE: Panel = { id: 'score', name: 'Score', key: '5' };
// Where score and panel do not fit beside each other (see SoloPage's layout).
const NARROW = '(max-width: 999px)';

export class Panels {
  #wanted = $state<PanelId>('licks');
  #query = window.matchMedia(NARROW);
  isNarrow = $state(this.#query.matches);

  constructor(startsWithLick: boolean) {
    if (this.isNarrow && !startsWithLick) this.#wanted = 'score';
  }

  readonly list: Panel[] = $derived(this.isNarrow ? [SCORE, ...SIDE] : SIDE);
  /** The one that is shown: beside a wide score there is always another. */
  readonly shown: PanelId = $derived(
    !this.isNarrow && this.#wanted === 'score' ? 'licks' : this.#wanted,
  );

  /** Show a panel; a name that none has changes nothing. */
  show(id: unknown): void {
    const found = [SCORE, ...SIDE].find((one) => one.id === id);
    if (found !== undefined) this.#wanted = found.id;
  }

  /** Follow the width of the window, and what other parts of the page ask for; gives what ends it. */
  listen(): () => void {
    const resized = () => (this.isNarrow = this.#query.matches);
    const asked = (event: Event) => this.show(event instanceof CustomEvent ? event.detail : null);
    this.#query.addEventListener('change', resized);
    window.addEventListener('licklab:panel', asked);
    return () => {
      this.#query.removeEventListener('change', resized);
      window.removeEventListener('licklab:panel', asked);
    };
  }
}
