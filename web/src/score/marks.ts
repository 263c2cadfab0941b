/** What is marked on the drawn notes: told by attributes, coloured by the style sheet. */
import { type NoteDetail, roleOf } from '../solo/solo.svelte';
import type { Score } from './score.svelte';

/** Tell the role of every note, and whether it is likely wrong. */
export function markRoles(score: Score, details: ReadonlyMap<string, NoteDetail>): void {
  for (const [id, groups] of score.groups) {
    const role = roleOf(details.get(id));
    const isDoubtful = score.notes.get(id)?.is_doubtful ?? false;
    for (const group of groups) {
      group.dataset.role = role;
      group.toggleAttribute('data-doubtful', isDoubtful);
    }
  }
}

/** Give some notes an attribute, and no others. */
export function markNotes(score: Score, name: `data-${string}`, ids: Iterable<string>): void {
  for (const { svg } of score.lines) {
    for (const group of svg.querySelectorAll(`[${name}]`)) group.removeAttribute(name);
  }
  for (const id of ids) {
    for (const group of score.groups.get(id) ?? []) group.setAttribute(name, '');
  }
}

/** Say what a line of music is, for those who do not see it. */
export function labelOf(score: Score, at: number): string {
  const bars = score.sheet.bars.filter((one) => one.line === at);
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return 'Music';
  const which = first === last ? `Bar ${first.number}` : `Bars ${first.number} to ${last.number}`;
  const chords = bars.map((bar) => bar.chords.map((one) => one.symbol).join(' ') || '%');
  return chords.every((one) => one === '%') ? which : `${which}: ${chords.join(' | ')}`;
}
