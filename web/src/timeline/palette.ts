/** Colours of the drawings: the page's tokens, made lighter where they lie on the dark roll. */
import type { Role } from '../solo/solo.svelte';

const TOKENS = [
  'surface',
  'raised',
  'ink',
  'ink-soft',
  'line',
  'line-strong',
  'accent',
  'brass',
  'lick',
  'lick-line',
  'wave',
  'wave-played',
  'roll-ground',
  'roll-ink',
] as const;
const ON_ROLL = {
  chord: 'role-chord',
  tension: 'role-tension',
  approach: 'role-approach',
  other: 'role-other',
  doubtful: 'doubtful',
} as const;
/** Drawings want 3:1; notes lie on the spectrogram, too. */
const LEAST_CONTRAST = 7.5;

export type Palette = Record<(typeof TOKENS)[number], string> & {
  font: string;
  hand: string;
  /** Notes on the roll. */
  notes: Record<Role | 'doubtful', string>;
};

/** Read the tokens as they are now, in the theme that is shown. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const tokens = Object.fromEntries(TOKENS.map((one) => [one, read(one)]));
  const ground = read('roll-ground');
  const notes = Object.fromEntries(
    Object.entries(ON_ROLL).map(([role, token]) => [role, brightened(read(token), ground)]),
  );
  return { ...tokens, font: read('font'), hand: read('hand'), notes } as Palette;
}

/**
 * Mix a colour with white until it stands out on a dark ground.
 *
 * @param colour, ground as #rrggbb; anything else is given back as it is
 */
export function brightened(colour: string, ground: string): string {
  const mixed = rgbOf(colour);
  const under = rgbOf(ground);
  if (mixed === null || under === null) return colour;
  let share = 0;
  let result = mixed;
  while (contrastOf(result, under) < LEAST_CONTRAST && share < 1) {
    share += 0.04;
    result = mixed.map((one) => Math.round(one + (255 - one) * share));
  }
  return `#${result.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

function rgbOf(colour: string): number[] | null {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return null;
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** WCAG's contrast of two colours, 1 to 21. */
function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((one) => {
    const share = one / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
