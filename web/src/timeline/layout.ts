/** Heights of the lanes of the timeline, CSS pixels from its top. */

/** Width of the piano keys at the left, beside everything that has a time. */
export const KEYS_PX = 34;
/** Below this width lanes are lower. */
const NARROW_PX = 560;

export interface Layout {
  /** Names of choruses and sections, numbers of bars. */
  ruler: Lane;
  chords: Lane;
  /** Outline of the sound; of no height where there is none. */
  wave: Lane;
  /** Ticks of beats; the grips of beats that can be dragged. */
  beats: Lane;
  roll: Lane;
  heightPx: number;
}

export interface Lane {
  topPx: number;
  heightPx: number;
}

/**
 * Lay the lanes out under one another.
 *
 * @param widthPx of the drawings
 * @param hasSound whether there is a recording to draw
 * @param isEditing notes that are dragged want higher rows, beats a grip
 */
export function layoutOf(widthPx: number, hasSound: boolean, isEditing: boolean): Layout {
  const isNarrow = widthPx < NARROW_PX;
  const heights = {
    ruler: 20,
    chords: isNarrow ? 22 : 26,
    // Without sound its lane holds the names of licks only.
    wave: hasSound ? (isNarrow ? 72 : 96) : 26,
    beats: isEditing ? 24 : 8,
    roll: (isNarrow ? 180 : 260) + (isEditing ? (isNarrow ? 100 : 140) : 0),
  };
  let topPx = 0;
  function next(heightPx: number): Lane {
    const lane = { topPx, heightPx };
    topPx += heightPx;
    return lane;
  }
  return {
    ruler: next(heights.ruler),
    chords: next(heights.chords),
    wave: next(heights.wave),
    beats: next(heights.beats),
    roll: next(heights.roll),
    heightPx: topPx,
  };
}

/** Whether a height lies in a lane. */
export function isIn(lane: Lane, y: number): boolean {
  return y >= lane.topPx && y < lane.topPx + lane.heightPx;
}
