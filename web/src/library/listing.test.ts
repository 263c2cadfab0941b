import { describe, expect, test } from 'vitest';
import type { Instrument, Job } from '../api/types';
import {
  EVERYTHING,
  type Listing,
  matches,
  type Query,
  reloaded,
  withJob,
  withoutJob,
  withPage,
} from './listing';

const tenor: Instrument = {
  id: 'tenor_sax',
  name: 'Tenor saxophone',
  aliases: ['ts', 'sax'],
  clef: 'treble',
  texture: 'line',
  lowest_midi: 44,
  highest_midi: 86,
  transposition_semitones: 14,
};

function job(id: string, hour: number, more: Partial<Job> = {}): Job {
  const at = `2026-11-28T${String(hour).padStart(2, '0')}:00:00Z`;
  const links = { self: '', events: '', audio: '', transcription: '', midi: '', page: '' };
  return {
    id,
    title: id,
    filename: `${id}.mp3`,
    tags: [],
    instrument: 'tenor_sax',
    mode: 'auto',
    status: 'READY',
    start_sec: null,
    end_sec: null,
    audio_path: '',
    created_at: at,
    updated_at: at,
    error: null,
    has_audio: true,
    duration_sec: 60,
    size_bytes: 1,
    stage: null,
    progress: 1,
    eta_sec: null,
    note_count: 1,
    key: null,
    tempo_bpm: null,
    warnings: [],
    attempts: 1,
    result_at: at,
    links: { ...links, licks: '', solo: '' },
    ...more,
  };
}

const [old, middle, young] = [job('old', 8), job('middle', 10), job('young', 12)];
const whole: Listing = { items: [young, middle, old], next: null };
const ids = (listing: Listing) => listing.items.map((one) => one.id);
const merge = (listing: Listing, one: Job, query: Query = EVERYTHING) =>
  withJob(listing, one, query, [tenor]);

describe('a list of solos', () => {
  test('news replaces a solo where it is', () => {
    const ready = { ...middle, progress: 0.5, updated_at: '2026-11-28T13:00:00Z' };
    const listing = merge(whole, ready);
    expect(ids(listing)).toEqual(['young', 'middle', 'old']);
    expect(listing.items[1]?.progress).toBe(0.5);
  });

  test('older news than what is shown changes nothing', () => {
    expect(merge(whole, { ...middle, updated_at: '2026-11-28T09:00:00Z' })).toBe(whole);
  });

  test('a new solo comes to its place in the order that is shown', () => {
    expect(ids(merge(whole, job('new', 11)))).toEqual(['young', 'new', 'middle', 'old']);
    const oldest = { items: [old, middle, young], next: null };
    const query: Query = { ...EVERYTHING, sort: 'oldest' };
    expect(ids(merge(oldest, job('new', 13), query))).toEqual(['old', 'middle', 'young', 'new']);
  });

  test('what lies behind the last page that is loaded waits for its page', () => {
    const first = { items: [young, middle], next: 'more' };
    expect(ids(merge(first, job('new', 7)))).toEqual(['young', 'middle']);
    expect(ids(merge(first, job('new', 11)))).toEqual(['young', 'new', 'middle']);
  });

  test('a solo that is renamed moves where titles are in order', () => {
    const query: Query = { ...EVERYTHING, sort: 'title' };
    const titled = { items: [middle, old, young], next: null };
    const renamed = { ...middle, title: 'Zebra', updated_at: '2026-11-28T13:00:00Z' };
    expect(ids(merge(titled, renamed, query))).toEqual(['old', 'young', 'middle']);
  });

  test('what does not fit the filter any more leaves, and does not come', () => {
    const query: Query = { ...EVERYTHING, tag: 'Blues' };
    const tagged = { ...middle, tags: ['blues'] };
    const listing = { items: [tagged], next: null };
    expect(ids(merge(listing, { ...tagged, updated_at: '2026-11-28T13:00:00Z' }, query))).toEqual([
      'middle',
    ]);
    const untagged = { ...tagged, tags: [], updated_at: '2026-11-28T13:00:00Z' };
    expect(ids(merge(listing, untagged, query))).toEqual([]);
    expect(ids(merge(listing, young, query))).toEqual(['middle']);
  });

  test('each word counts, wherever it stands', () => {
    const blues = job('Blues', 9, { tags: ['To Learn'] });
    const says = (words: string) => matches(blues, { ...EVERYTHING, words }, [tenor]);
    expect(['blu', 'TS learn', ' mp3 ', '', 'tenor saxophone'].every(says)).toBe(true);
    expect(['alto', 'blues alto'].some(says)).toBe(false);
  });

  test('the next page repeats nothing that news has brought', () => {
    const first = { items: [young, middle], next: 'more' };
    expect(withPage(first, { items: [middle, old], next: null })).toEqual(whole);
  });

  test('a list taken anew keeps newer news and drops what is gone', () => {
    const done = { ...young, progress: 0.9, updated_at: '2026-11-28T14:00:00Z' };
    const listing = reloaded({ items: [done, middle], next: null }, { items: [young], next: null });
    expect(listing.items).toEqual([done]);
    expect(withoutJob(listing, 'nobody')).toBe(listing);
  });
});
