/** How a musician wants solos shown; kept by the browser. */

export interface SoloOptions {
  /** Instrument's id of the part, `concert`, or null: that of the recording. */
  part: string | null;
  /** Whether string parts show tablature. */
  showsTab: boolean;
  /** Whether notes are coloured by their role over the chord. */
  showsRoles: boolean;
  showsRomans: boolean;
  /** Whether notes that are likely wrong are grey. */
  greysDoubtful: boolean;
  showsSpectrogram: boolean;
  /** Whether bars are hidden until they are tapped: the ear first. */
  hidesScore: boolean;
}

const KEY = 'licklab.options';
const DEFAULTS: SoloOptions = {
  part: null,
  showsTab: true,
  showsRoles: true,
  showsRomans: false,
  greysDoubtful: true,
  showsSpectrogram: true,
  hidesScore: false,
};

/** Read what was kept; what is not of the right kind is as if it had never been said. */
export function readOptions(text: string | null): SoloOptions {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // Somebody else's text.
  }
  const options = { ...DEFAULTS };
  if (typeof kept !== 'object' || kept === null) return options;
  const found = kept as Record<string, unknown>;
  if (typeof found.part === 'string') options.part = found.part;
  for (const name of [
    'showsTab',
    'showsRoles',
    'showsRomans',
    'greysDoubtful',
    'showsSpectrogram',
  ] as const) {
    const value = found[name];
    if (typeof value === 'boolean') options[name] = value;
  }
  return options;
}

/** Give options that keep themselves; to be made while a component is set up. */
export function keptOptions(): SoloOptions {
  const options = $state(readOptions(localStorage.getItem(KEY)));
  $effect(() => localStorage.setItem(KEY, JSON.stringify(options)));
  return options;
}
