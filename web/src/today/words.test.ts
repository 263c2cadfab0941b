import { describe, expect, it } from 'vitest';
import { bandText, broughtText, dateText, daysBetween, dueText, keysText, keyText } from './words';

describe('keys', () => {
  it('are written with real signs, minor ones with an m', () => {
    expect(keyText('Bb:major')).toBe('B♭');
    expect(keyText('F#:minor')).toBe('F♯m');
  });

  it('are read as the part writes them', () => {
    expect(keysText('F:major', 14)).toEqual({ read: 'G', sounds: 'F' });
    expect(keysText('Eb:minor', 9)).toEqual({ read: 'Cm', sounds: 'E♭m' });
    expect(keysText('Bb:major', 12)).toEqual({ read: 'B♭', sounds: 'B♭' });
  });
});

describe('days', () => {
  it('are counted over changes of the clock and ends of years', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
    expect(dateText('2026-12-01')).toBe('Tue 1 Dec');
  });

  it('say when something comes back', () => {
    const today = '2026-12-01';
    const said = [null, '2026-11-30', today, '2026-12-02', '2026-12-09'].map((one) =>
      dueText(one, today),
    );
    expect(said).toEqual(['new', 'overdue', 'today', 'tomorrow', 'Wed 9 Dec']);
  });
});

it('bands of tempos do not overlap', () => {
  const bands = [0, 0.5, 0.6, 1];
  expect(bands.map((_, at) => bandText(bands, at))).toEqual([
    '< 50 %',
    '50–59 %',
    '60–99 %',
    '100 % +',
  ]);
});

it('what was brought is told apart from what was here', () => {
  const none = { sessions: 1, licks: 2, known_sessions: 0, known_licks: 0 };
  expect(broughtText(none)).toBe('Added: 1 session and 2 licks.');
  expect(broughtText({ ...none, known_sessions: 4, known_licks: 1 })).toBe(
    'Added: 1 session and 2 licks. Here already, and as they were: 4 sessions and 1 lick.',
  );
});
