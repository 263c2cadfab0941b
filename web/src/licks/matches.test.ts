import { describe, expect, it } from 'vitest';
import type { Match } from '../api/types';
import { namesIn } from './corpus';
import { asked, differenceText, isItself, NO_WISHES, whereText, whoText } from './matches';

function aligned(...kinds: Match['alignment'][number]['kind'][]): Match['alignment'] {
  return kinds.map((kind, at) => ({ query: at, solo: at, kind }));
}

describe('a difference', () => {
  it.each([
    [aligned('same', 'same'), 'note for note'],
    [aligned('same', 'substituted', 'substituted'), '2 notes differ'],
    [
      aligned('substituted', 'inserted', 'deleted'),
      '1 note differs, 1 note added, 1 note left out',
    ],
    [aligned('octave'), '1 note in another octave'],
  ])('is said in words: %#', (alignment, wanted) => expect(differenceText(alignment)).toBe(wanted));
});

it('who plays it is named, also when nobody is', () => {
  const match = { performer: 'Milt Jackson', title: 'Bemsha Swing', year: 1954, job_id: null };
  expect(whoText(match)).toBe('Milt Jackson – Bemsha Swing (1954)');
  expect(whoText({ ...match, performer: '', year: null, job_id: 'j' })).toBe(
    'Your recording – Bemsha Swing',
  );
});

it('where it is are bars, else times', () => {
  expect(whereText({ bar: 12, onset_sec: 3 })).toBe('bar 12');
  expect(whereText({ bar: null, onset_sec: 3 })).toBe('0:03.0');
});

it('a lick is not found again where it is', () => {
  const lick = { onset_sec: 10, offset_sec: 12 };
  const match = { job_id: 'j', onset_sec: 10.1, offset_sec: 11.9 };
  expect(isItself(match, 'j', lick)).toBe(true);
  expect(isItself(match, 'other', lick)).toBe(false);
  expect(isItself({ ...match, onset_sec: 20, offset_sec: 22 }, 'j', lick)).toBe(false);
});

it('wishes that are empty, or no year, are not sent', () => {
  const wishes = asked({ ...NO_WISHES, player: ' Parker ', fromYear: '1950', toYear: 'soon' });
  expect(JSON.parse(JSON.stringify(wishes))).toEqual({ player: 'Parker', from_year: 1950 });
});

it('names of counted things are read, whatever else is there', () => {
  expect(namesIn([{ name: 'BEBOP', n_solos: 3 }, { name: '' }, null, 4])).toEqual(['BEBOP']);
  expect(namesIn([{ source: 'your recordings' }], 'source')).toEqual(['your recordings']);
  expect(namesIn(undefined)).toEqual([]);
});
