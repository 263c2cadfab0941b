/** A list of solos as the service gave it, kept in its order and filter while solos change. */
import type { paths } from '../api/schema';
import type { Instrument, Job } from '../api/types';

export type Sort = NonNullable<NonNullable<paths['/jobs']['get']['parameters']['query']>['sort']>;

export interface Query {
  /** Each word is in the title, the file's name, a tag or the instrument's names. */
  words: string;
  tag: string | null;
  sort: Sort;
}

export interface Listing {
  items: readonly Job[];
  /** Cursor of what follows; null when nothing does. */
  next: string | null;
}

export const EVERYTHING: Query = { words: '', tag: null, sort: 'newest' };

export function isFiltered(query: Query): boolean {
  return query.words.trim() !== '' || query.tag !== null;
}

/** Whether a solo belongs into a list, told as the service tells it. */
export function matches(job: Job, query: Query, instruments: readonly Instrument[]): boolean {
  const tags = job.tags.map((one) => one.toLowerCase());
  if (query.tag !== null && !tags.includes(query.tag.toLowerCase())) return false;
  const played = instruments.find((one) => one.id === job.instrument);
  const texts = [
    job.title,
    job.filename,
    ...tags,
    job.instrument,
    ...(played === undefined ? [] : [played.name, ...played.aliases]),
  ].map((one) => one.toLowerCase());
  const words = query.words.toLowerCase().split(/\s+/);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Order two solos; 0 only for the same one. */
export function compared(a: Job, b: Job, sort: Sort): number {
  const byId = a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  const byAge = Date.parse(a.created_at) - Date.parse(b.created_at);
  switch (sort) {
    case 'newest':
      return -byAge || -byId;
    case 'oldest':
      return byAge || byId;
    case 'title':
      return a.title.toLowerCase().localeCompare(b.title.toLowerCase()) || byId;
    case 'longest':
      return b.duration_sec - a.duration_sec || -byId;
  }
}

/**
 * Take news of a solo into a list.
 *
 * What is there moves only if what it is sorted by has changed: the service's order of titles is
 * not quite ours. What would lie behind the last one that is loaded waits for the next page.
 */
export function withJob(
  listing: Listing,
  job: Job,
  query: Query,
  instruments: readonly Instrument[],
): Listing {
  const known = listing.items.find((one) => one.id === job.id);
  if (known !== undefined && isOlder(job, known)) return listing;
  if (!matches(job, query, instruments)) return withoutJob(listing, job.id);
  if (known !== undefined && isPlacedAs(known, job, query.sort)) {
    return { ...listing, items: listing.items.map((one) => (one.id === job.id ? job : one)) };
  }
  const others = listing.items.filter((one) => one.id !== job.id);
  const at = others.findIndex((one) => compared(job, one, query.sort) < 0);
  if (at < 0) return { ...listing, items: listing.next === null ? [...others, job] : others };
  return { ...listing, items: others.toSpliced(at, 0, job) };
}

export function withoutJob(listing: Listing, id: string): Listing {
  if (!listing.items.some((one) => one.id === id)) return listing;
  return { ...listing, items: listing.items.filter((one) => one.id !== id) };
}

/** Put the next page behind what is there; news may have brought some of it already. */
export function withPage(listing: Listing, page: Listing): Listing {
  const known = new Set(listing.items.map((one) => one.id));
  const added = page.items.filter((one) => !known.has(one.id));
  return { items: [...listing.items, ...added], next: page.next };
}

/** Take a list anew, but keep what newer news said of its solos while it came. */
export function reloaded(listing: Listing, page: Listing): Listing {
  const known = new Map(listing.items.map((one) => [one.id, one]));
  const items = page.items.map((one) => {
    const had = known.get(one.id);
    return had !== undefined && isOlder(one, had) ? had : one;
  });
  return { items, next: page.next };
}

function isOlder(job: Job, known: Job): boolean {
  return Date.parse(job.updated_at) < Date.parse(known.updated_at);
}

function isPlacedAs(known: Job, job: Job, sort: Sort): boolean {
  if (sort === 'title') return known.title === job.title;
  if (sort === 'longest') return known.duration_sec === job.duration_sec;
  return true;
}
