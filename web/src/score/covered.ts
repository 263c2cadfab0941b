/** How much of the top of the window the player's bar covers while one scrolls, CSS pixels. */
export function coveredPx(): number {
  return document.querySelector('.transport')?.getBoundingClientRect().height ?? 0;
}
