/** Pictures of the sound under the piano roll: which are seen, and their colours. */

/** What the service says of its pictures. */
export interface Tiles {
  tileSec: number;
  nTiles: number;
  /** Pitches of the lowest and highest row's keys. */
  lowestMidi: number;
  highestMidi: number;
}

/** More at once are too small to see anything in, and too many to fetch. */
const MOST_SEEN = 24;

/**
 * Tell which tiles a view shows.
 *
 * @returns first and last, both included; null for none, or for too many
 */
export function tilesIn(tiles: Tiles, fromSec: number, toSec: number): [number, number] | null {
  const first = Math.max(0, Math.floor(fromSec / tiles.tileSec));
  const last = Math.min(tiles.nTiles, Math.ceil(toSec / tiles.tileSec)) - 1;
  return last < first || last - first >= MOST_SEEN ? null : [first, last];
}

/** Stops of the colours: share of brightness, red, green, blue. */
const STOPS = [
  [0, 20, 23, 28],
  [0.22, 24, 23, 42],
  [0.5, 50, 38, 104],
  [0.75, 64, 74, 168],
  [1, 110, 150, 214],
] as const;

/** Give 256 colours, red, green and blue in turn: from the roll's ground over violet to blue, darker than notes. */
export function colours(): Uint8ClampedArray {
  const table = new Uint8ClampedArray(3 * 256);
  for (let level = 0; level < 256; level++) {
    const share = level / 255;
    const above = Math.max(
      1,
      STOPS.findIndex(([at]) => at >= share),
    );
    const from = STOPS[above - 1] ?? STOPS[0];
    const to = STOPS[above] ?? from;
    const part = (share - from[0]) / (to[0] - from[0]);
    for (let channel = 0; channel < 3; channel++) {
      const [low = 0, high = 0] = [from[channel + 1], to[channel + 1]];
      table[3 * level + channel] = low + (high - low) * part;
    }
  }
  return table;
}

/** Colour a grey picture in place; its red channel is the brightness. */
export function tint(pixels: Uint8ClampedArray, table: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const level = 3 * (pixels[at] ?? 0);
    pixels[at] = table[level] ?? 0;
    pixels[at + 1] = table[level + 1] ?? 0;
    pixels[at + 2] = table[level + 2] ?? 0;
  }
}
