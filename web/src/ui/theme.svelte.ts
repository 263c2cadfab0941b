/** Light or dark: as the machine says, until somebody chooses. */

export type Choice = 'auto' | 'light' | 'dark';
const KEY = 'licklab.theme';

class Theme {
  choice = $state<Choice>(read());
  #dark = $state(window.matchMedia('(prefers-color-scheme: dark)').matches);

  constructor() {
    window
      .matchMedia('(prefers-color-scheme: dark)')
      .addEventListener('change', (event) => (this.#dark = event.matches));
  }

  get current(): 'light' | 'dark' {
    if (this.choice === 'auto') return this.#dark ? 'dark' : 'light';
    return this.choice;
  }

  choose(choice: Choice): void {
    this.choice = choice;
    localStorage.setItem(KEY, choice);
  }
}

function read(): Choice {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export const theme = new Theme();
