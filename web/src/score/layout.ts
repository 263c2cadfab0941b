/** How wide music is drawn for the room that a screen has. */

const MM_PER_PX = 25.4 / 96;
// What the service draws.
const NARROWEST_MM = 60;
const WIDEST_MM = 600;
/** Share by which the room changes before the music is drawn anew: it is scaled meanwhile. */
const SLACK = 0.06;

export interface Layout {
  widthMm: number;
  staffMm: number;
}

/**
 * Choose the width of the music and the height of a staff, so that it is as large as on a stand.
 *
 * @param widthPx of the room, CSS pixels
 */
export function layoutFor(widthPx: number): Layout {
  const staffMm = widthPx < 560 ? 5.6 : widthPx < 1400 ? 7 : 8;
  const widthMm = Math.round(widthPx * MM_PER_PX);
  return { staffMm, widthMm: Math.min(WIDEST_MM, Math.max(NARROWEST_MM, widthMm)) };
}

/** Whether a layout that is drawn is still good enough for one that would be chosen now. */
export function isNear(drawn: Layout, wanted: Layout): boolean {
  if (drawn.staffMm !== wanted.staffMm) return false;
  return Math.abs(wanted.widthMm / drawn.widthMm - 1) <= SLACK;
}
