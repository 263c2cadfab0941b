import { describe, expect, test } from 'vitest';
import {
  durationWords,
  etaWords,
  keyWords,
  quoted,
  sizeWords,
  stageWords,
  whenWords,
} from './words';

describe('words', () => {
  test('lengths are as clocks show them', () => {
    expect([0, 24.6, 59.6, 307, 3723].map(durationWords)).toEqual([
      '0:00',
      '0:25',
      '1:00',
      '5:07',
      '1:02:03',
    ]);
  });

  test('the rest of the time is said as roughly as it is known', () => {
    expect([1, 12, 57, 80, 200].map(etaWords)).toEqual([
      'a few seconds left',
      'about 10 seconds left',
      'about a minute left',
      'about a minute left',
      'about 3 minutes left',
    ]);
  });

  test('stages have words, also those that are not known here', () => {
    const job = { status: 'TRANSCRIBING', attempts: 1 } as const;
    expect(stageWords({ ...job, stage: 'notes' })).toBe('finding the notes');
    expect(stageWords({ ...job, stage: 'dreaming' })).toBe('starting');
    expect(stageWords({ status: 'CREATED', attempts: 0, stage: null })).toBe('waiting its turn');
  });

  test('a day is told from midnight on', () => {
    const now = new Date(2026, 10, 28, 0, 30);
    const at = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();
    expect(whenWords(at(2026, 10, 28, 0), now)).toMatch(/^today /);
    expect(whenWords(at(2026, 10, 27, 23), now)).toMatch(/^yesterday /);
    expect(whenWords(at(2026, 10, 26, 23), now)).toContain('2026');
  });

  test('keys have their signs', () => {
    expect(['Ab:blues', 'F#:minor', 'B:major'].map(keyWords)).toEqual([
      'A♭ blues',
      'F♯ minor',
      'B major',
    ]);
  });

  test('sizes and names fit a line', () => {
    expect([1, 66_963, 1_452_719].map(sizeWords)).toEqual(['1 kB', '67 kB', '1.5 MB']);
    expect(quoted('Blues')).toBe('“\u2068Blues\u2069”');
    expect([...quoted('🎷'.repeat(200))]).toHaveLength(64);
  });
});
