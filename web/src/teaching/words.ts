/** What is said of links and results. */
import type { Result, ShareLink } from './types';

/** Write a moment for people: `1 Dec 2026, 14:05`. */
export function momentText(moment: string): string {
  return new Date(moment).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** Say whether a link opens its assignment, and until when. */
export function stateText(link: ShareLink): string {
  if (link.revoked_at !== null) return `revoked ${momentText(link.revoked_at)}`;
  const when = momentText(link.expires_at);
  return link.is_open ? `open until ${when}` : `expired ${when}`;
}

/** Write how long somebody took. */
export function tookText(sec: number | null): string {
  if (sec === null) return '–';
  if (sec < 60) return `${Math.round(sec)} s`;
  return `${Math.floor(sec / 60)} min ${Math.round(sec % 60)} s`;
}

/** Of each question, how many of those who were asked it were right. */
export function rightByQuestion(
  results: readonly Result[],
): { title: string; question: string; nRight: number; nAsked: number }[] {
  const found = new Map<string, ReturnType<typeof rightByQuestion>[number]>();
  for (const { answers } of results) {
    for (const { lick, title, question, is_right: isRight } of answers) {
      const name = `${lick} ${question}`;
      const one = found.get(name) ?? { title, question, nRight: 0, nAsked: 0 };
      one.nAsked += 1;
      if (isRight) one.nRight += 1;
      found.set(name, one);
    }
  }
  return [...found.values()];
}
